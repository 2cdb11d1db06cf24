import type { ActionSpace } from '../envs/spaces.ts';

/** Column c of the one-hot last action is 1 where number `numbers[c]` of the action equals `values[c]`. Null where the action itself is taken. */
export function lastActionColumns(space: ActionSpace): { numbers: number[]; values: number[] } | null {
  if (space.kind === 'box') return null;
  const options = optionsOf(space);
  return {
    numbers: options.flatMap((values, number) => values.map(() => number)),
    values: options.flat(),
  };
}

/** The values of each number of an action that have a column. */
function optionsOf(space: Exclude<ActionSpace, { kind: 'box' }>): number[][] {
  if (space.kind === 'multiBinary') return Array.from({ length: space.n }, () => [1]);
  const counts = space.kind === 'discrete' ? [space.n] : space.nvec;
  return counts.map((n) => Array.from({ length: n }, (_, value) => value));
}
