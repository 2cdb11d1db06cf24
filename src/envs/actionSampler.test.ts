import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../math/numpyRandom.ts';
import { makeActionSampler } from './actionSampler.ts';

describe('The action sampler', () => {
  it('chooses as Gymnasium’s Discrete(4) of seed 5 does', () => {
    const sample = makeActionSampler({ kind: 'discrete', n: 4 }, new NumpyRandom(5));
    expect(Array.from({ length: 10 }, sample)).toEqual([2, 3, 0, 3, 1, 2, 2, 1, 3, 0]);
  });

  it('draws as Gymnasium’s Box(−1, 1, [2]) of seed 5 does', () => {
    const sample = makeActionSampler(
      { kind: 'box', shape: [2], dtype: 'float32', low: [-1], high: [1] },
      new NumpyRandom(5),
    );
    const drawn = [0, 1].flatMap(() => [...(sample() as Float32Array)]);
    expect(drawn).toEqual([0.61000586, 0.61588156, 0.030651122, -0.42839724].map(Math.fround));
  });

  // The two are examples in Gymnasium's own documentation.
  it('chooses as Gymnasium’s MultiDiscrete([[1, 2], [3, 4]]) of seed 42 does', () => {
    const sample = makeActionSampler({ kind: 'multiDiscrete', nvec: [1, 2, 3, 4] }, new NumpyRandom(42));
    expect(sample()).toEqual(Int32Array.from([0, 0, 2, 2]));
  });

  it('switches as Gymnasium’s MultiBinary(5) and MultiBinary([3, 2]) of seed 42 do', () => {
    const sample = (n: number) => makeActionSampler({ kind: 'multiBinary', n }, new NumpyRandom(42))();
    expect(sample(5)).toEqual(Int32Array.from([1, 0, 1, 0, 1]));
    expect(sample(6)).toEqual(Int32Array.from([1, 0, 1, 0, 1, 1]));
  });

  it('keeps to the bounds of each element', () => {
    const sample = makeActionSampler(
      { kind: 'box', shape: [2], dtype: 'float32', low: [-2, 5], high: [-1, 6] },
      new NumpyRandom(1),
    );
    for (let i = 0; i < 200; i++) {
      const [first, second] = sample() as Float32Array;
      expect([Math.floor(first!), Math.floor(second!)]).toEqual([-2, 5]);
    }
  });
});
