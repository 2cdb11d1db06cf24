import { type Box, boundAt, sizeOf } from './spaces.ts';

/** Writes the elements of an action, drawn at `at` of `actions`, limited to the bounds of their space. Allocates nothing. */
export function clipToBox(actions: ArrayLike<number>, at: number, space: Box, out: Float32Array | Int32Array): void {
  const size = sizeOf(space);
  for (let i = 0; i < size; i++) {
    out[i] = Math.max(boundAt(space.low, i), Math.min(boundAt(space.high, i), actions[at + i]!));
  }
}
