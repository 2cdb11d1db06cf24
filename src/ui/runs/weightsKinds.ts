import type { WeightsEntry } from '../../runs/RunStore.ts';

/** What the kinds of stored weights are called, in their order in a list. */
export const weightsKinds: Readonly<Record<WeightsEntry['kind'], string>> = {
  latest: 'newest weights',
  best: 'best evaluation',
  saved: 'saved',
};
