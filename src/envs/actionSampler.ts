import type { RandomSource } from '../math/numpyRandom.ts';
import { type Action, type ActionSpace, boundAt, type MultiDiscrete, sizeOf } from './spaces.ts';

/**
 * The uniform random policy: Gymnasium's `action_space.sample()`, with the same actions from the same generator. Vectors
 * are written into one memory, which the next call overwrites. A box must have finite bounds.
 */
export function makeActionSampler(space: ActionSpace, random: RandomSource): () => Action {
  switch (space.kind) {
    case 'discrete':
      return () => random.integers(0, space.n);
    case 'multiDiscrete':
      return sampleChoices(space, random);
    case 'multiBinary':
      return sampleSwitches(space.n, random);
    case 'box': {
      const action = new Float32Array(sizeOf(space));
      return () => {
        for (let i = 0; i < action.length; i++) {
          action[i] = random.uniform(boundAt(space.low, i), boundAt(space.high, i));
        }
        return action;
      };
    }
  }
}

/** One number in [0, 1) for each choice, stretched and cut off. */
function sampleChoices({ nvec }: MultiDiscrete, random: RandomSource): () => Int32Array {
  const action = new Int32Array(nvec.length);
  return () => {
    for (let i = 0; i < nvec.length; i++) action[i] = Math.floor(random.random() * nvec[i]!);
    return action;
  };
}

/** numpy draws 8-bit integers four at a time: one of 0 and 1 is the top bit of each byte of a 32-bit draw, lowest byte first. */
function sampleSwitches(n: number, random: RandomSource): () => Int32Array {
  const action = new Int32Array(n);
  return () => {
    let bytes = 0;
    for (let i = 0; i < n; i++) {
      bytes = i % 4 === 0 ? random.integers(0, 2 ** 32) : bytes >>> 8;
      action[i] = (bytes >>> 7) & 1;
    }
    return action;
  };
}
