/** How a person looks at the runs. It outlasts a change of view; data never changes it. */
import type { StoredRun } from '../../runs/RunStore.ts';
import { Store } from '../store.ts';
import { firstSorting, type Sorting } from './runSort.ts';

export const filterStore = new Store('');
export const sortingStore = new Store<Sorting>(firstSorting);
/** Ids of the runs that are marked. */
export const selectionStore = new Store<ReadonlySet<string>>(new Set());
/** The run that the keys J and K move to, by its id. */
export const cursorStore = new Store<string | null>(null);

export const toggleSelection = (id: string): void =>
  selectionStore.update((ids) => {
    const changed = new Set(ids);
    if (!changed.delete(id)) changed.add(id);
    return changed;
  });

/** Marks every run between two, both included, in the order they are shown in. */
export function selectRange(shown: readonly StoredRun[], from: string, to: string): void {
  const [a, b] = [from, to].map((id) => shown.findIndex((run) => run.id === id)) as [number, number];
  if (a < 0 || b < 0) return;
  const ids = shown.slice(Math.min(a, b), Math.max(a, b) + 1).map((run) => run.id);
  selectionStore.update((selected) => new Set([...selected, ...ids]));
}
