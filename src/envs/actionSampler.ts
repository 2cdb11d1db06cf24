import type { RandomSource } from '../math/numpyRandom.ts';
import { type Action, type ActionSpace, boundAt, sizeOf } from './spaces.ts';

/**
 * The uniform random policy: Gymnasium's `action_space.sample()`, with the same actions from the same generator. Vectors
 * are written into one memory, which the next call overwrites. A box must have finite bounds.
 */
export function makeActionSampler(space: ActionSpace, random: RandomSource): () => Action {
  if (space.kind === 'discrete') return () => random.integers(0, space.n);
  const action = new Float32Array(sizeOf(space));
  return () => {
    for (let i = 0; i < action.length; i++) action[i] = random.uniform(boundAt(space.low, i), boundAt(space.high, i));
    return action;
  };
}
