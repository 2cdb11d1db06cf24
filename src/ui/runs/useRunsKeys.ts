import { useEffect, useEffectEvent } from 'react';
import type { StoredRun } from '../../runs/RunStore.ts';
import { goTo } from '../routes.ts';
import { editedRunStore } from './EditRunDialog.tsx';
import { rowId } from './RunRow.tsx';
import { filterId } from './RunsToolbar.tsx';
import { compareRuns, deleteRuns } from './runsActions.ts';
import { cursorStore, selectionStore, toggleSelection } from './runsView.ts';

/** J and K move through the table, X marks, Enter opens, F2 renames, C compares, Delete deletes, / filters. */
export function useRunsKeys(shown: readonly StoredRun[]): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (target.closest('input:not([type=checkbox]), select, textarea')) return;
    const act = actionOf(event.key, target);
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  function actionOf(key: string, target: HTMLElement): (() => void) | null {
    const at = shown.findIndex(({ id }) => id === cursorStore.get());
    const current = shown[at];
    const selection = selectionStore.get();
    const selected = shown.filter(({ id }) => selection.has(id));
    const moveTo = (index: number) => () => {
      const next = shown[Math.min(shown.length - 1, Math.max(0, index))];
      if (next) document.getElementById(rowId(next.id))?.focus(); // Which makes it the cursor.
    };
    switch (key.toLowerCase()) {
      case 'j':
        return moveTo(at + 1);
      case 'k':
        return moveTo(at - 1);
      case 'x':
        return current ? () => toggleSelection(current.id) : null;
      case 'c':
        return selected.length > 1 ? () => compareRuns(selected) : null;
      case 'delete':
        return () => deleteRuns(selected.length > 0 ? selected : current ? [current] : []);
      case 'enter': // On a link or a button it has its own meaning.
        return current && target.closest('tr') === target ? () => goTo('train', current.id) : null;
      case 'f2':
        return current ? () => editedRunStore.set(current) : null;
      case '/':
        return () => document.getElementById(filterId)?.focus();
      default:
        return null;
    }
  }
}
