/** The last action as a network sees it: one-hot for choices, bits as they are, vectors as they are; all zero where an episode begins. */
import { type ActionSpace, sizeOf } from '../envs/spaces.ts';

/** Stands for "no action yet" in a rollout, whatever the space. A vector's elements are 0 then. */
export const noAction = -1;

/** Numbers the last action becomes. */
export function lastActionSize(space: ActionSpace): number {
  switch (space.kind) {
    case 'discrete':
      return space.n;
    case 'multiDiscrete':
      return space.nvec.reduce((sum, n) => sum + n, 0);
    case 'multiBinary':
      return space.n;
    case 'box':
      return sizeOf(space);
  }
}

/** Writes `lastActionSize` numbers. Allocates nothing. */
export function encodeLastAction(
  space: ActionSpace,
  action: ArrayLike<number>,
  at: number,
  out: Float32Array,
  outAt: number,
): void {
  switch (space.kind) {
    case 'discrete':
      for (let a = 0; a < space.n; a++) out[outAt + a] = a === action[at] ? 1 : 0;
      return;
    case 'multiDiscrete': {
      let column = outAt;
      for (let i = 0; i < space.nvec.length; i++) {
        for (let a = 0; a < space.nvec[i]!; a++) out[column++] = a === action[at + i] ? 1 : 0;
      }
      return;
    }
    case 'multiBinary':
      for (let i = 0; i < space.n; i++) out[outAt + i] = action[at + i] === 1 ? 1 : 0;
      return;
    case 'box': {
      const size = sizeOf(space);
      for (let i = 0; i < size; i++) out[outAt + i] = action[at + i]!;
    }
  }
}

/** Marks rows as the beginning of an episode. */
export function writeNoAction(space: ActionSpace, out: Int32Array | Float32Array, at: number, size: number): void {
  for (let i = 0; i < size; i++) out[at + i] = space.kind === 'box' ? 0 : noAction;
}
