import type { RandomSource } from '../math/numpyRandom.ts';
import { type Action, type ActionSpace, boundAt, type MultiBinary, type MultiDiscrete, sizeOf } from './spaces.ts';

/**
 * The uniform random policy: Gymnasium's `action_space.sample()`, with the same actions from the same generator. Vectors
 * are written into one memory, which the next call overwrites. A box must have finite bounds.
 */
export function makeActionSampler(space: ActionSpace, random: RandomSource): () => Action {
  if (space.kind === 'discrete') return () => random.integers(0, space.n);
  if (space.kind !== 'box') return sampleIntegers(space, random);
  const action = new Float32Array(sizeOf(space));
  return () => {
    for (let i = 0; i < action.length; i++) action[i] = random.uniform(boundAt(space.low, i), boundAt(space.high, i));
    return action;
  };
}

/**
 * Each element by itself, in order. (Gymnasium draws all elements of a MultiDiscrete from one array of uniform numbers, so its
 * actions are others.)
 */
function sampleIntegers(space: MultiDiscrete | MultiBinary, random: RandomSource): () => Int32Array {
  const sizes = space.kind === 'multiDiscrete' ? space.nvec : Array.from({ length: space.n }, () => 2);
  const action = new Int32Array(sizes.length);
  return () => {
    for (const [i, n] of sizes.entries()) action[i] = random.integers(0, n);
    return action;
  };
}
