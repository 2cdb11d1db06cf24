/** The order of the table. Pinned runs come first whatever it is. */
import type { HyperparameterName } from '../../config/hyperparameters.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { bestEvaluation } from './runFacts.ts';

export type SortKey =
  | 'name'
  | 'status'
  | 'env'
  | 'algorithm'
  | 'best'
  | 'seconds'
  | 'sizeBytes'
  | 'createdAt'
  | `h.${HyperparameterName}`;

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

export const firstSorting: Sorting = { key: 'createdAt', isDescending: true };

/** The same column again turns the order around; numbers begin with the largest, words with A. */
export const sortedBy = ({ key, isDescending }: Sorting, chosen: SortKey): Sorting => ({
  key: chosen,
  isDescending: chosen === key ? !isDescending : ['best', 'seconds', 'sizeBytes', 'createdAt'].includes(chosen),
});

function sortValue(run: StoredRun, key: SortKey): string | number {
  if (key.startsWith('h.')) {
    const value = run.hyperparameters[key.slice(2) as HyperparameterName];
    return typeof value === 'boolean' ? Number(value) : value;
  }
  switch (key) {
    case 'env':
      return run.hyperparameters.env;
    case 'best':
      return bestEvaluation(run)?.iqm ?? Number.NEGATIVE_INFINITY;
    default:
      return run[key as 'name' | 'status' | 'algorithm' | 'seconds' | 'sizeBytes' | 'createdAt'];
  }
}

export function sortRuns(runs: readonly StoredRun[], { key, isDescending }: Sorting): StoredRun[] {
  const sign = isDescending ? -1 : 1;
  return runs.toSorted((a, b) => {
    if (a.isPinned !== b.isPinned) return a.isPinned ? -1 : 1;
    return sign * compare(sortValue(a, key), sortValue(b, key)) || b.createdAt - a.createdAt;
  });
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a === b
      ? 0
      : a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
