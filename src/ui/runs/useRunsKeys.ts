import type { StoredRun } from '../../runs/RunStore.ts';
import { useShortcut } from '../shortcuts.ts';
import { editedRunStore } from './EditRunDialog.tsx';
import { rowId } from './RunRow.tsx';
import { compareRuns, deleteRuns } from './runsActions.ts';
import { cursorStore, selectionStore, toggleSelection } from './runsView.ts';

/** What keys do to the runs of the table. Enter, on a row, opens it. */
export function useRunsKeys(shown: readonly StoredRun[]): void {
  const cursor = (): number => shown.findIndex(({ id }) => id === cursorStore.get());
  const selected = (): StoredRun[] => shown.filter(({ id }) => selectionStore.get().has(id));
  const moveTo = (index: number) => {
    const next = shown[Math.min(shown.length - 1, Math.max(0, index))];
    if (next) document.getElementById(rowId(next.id))?.focus(); // Which makes it the cursor.
  };
  useShortcut({ key: 'j', name: 'J', does: 'Next run' }, () => moveTo(cursor() + 1));
  useShortcut({ key: 'k', name: 'K', does: 'Previous run' }, () => moveTo(cursor() - 1));
  useShortcut({ key: 'x', name: 'X', does: 'Mark the run' }, () => {
    const run = shown[cursor()];
    if (run) toggleSelection(run.id);
  });
  useShortcut({ key: 'c', name: 'C', does: 'Compare the marked runs' }, () => {
    if (selected().length > 1) compareRuns(selected());
  });
  useShortcut({ key: 'f2', name: 'F2', does: 'Name, colour and note of the run' }, () => {
    editedRunStore.set(shown[cursor()] ?? null);
  });
  useShortcut({ key: 'delete', name: 'Delete', does: 'Delete the marked runs, or the run' }, () => {
    const marked = selected();
    deleteRuns(marked.length > 0 ? marked : shown.filter(({ id }) => id === cursorStore.get()));
  });
}
