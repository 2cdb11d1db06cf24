import { describe, expect, it } from 'vitest';
import { readFixture } from '../../test/fixtures.ts';
import { NumpyRandom, seedPool, wordsFromPool } from './numpyRandom.ts';

interface RngCase {
  readonly seed: string;
  readonly spawn_key?: readonly number[];
  readonly pool: number[];
  readonly generate_state_8x32: number[];
  readonly state_hex: string;
  readonly inc_hex: string;
  readonly mixed: readonly (readonly [string, number | string])[];
  readonly [draws: string]: unknown;
}

const { cases } = readFixture<{ cases: RngCase[] }>('seed-parity/rng.json');
const freshGenerator = ({ seed, spawn_key }: RngCase) => new NumpyRandom(BigInt(seed), spawn_key);
const toBigInt = (words: Uint32Array) => words.reduceRight((number, word) => (number << 32n) | BigInt(word), 0n);

/** Makes the draw that a field of the recording is named after: 'random', 'uniform_-1000_1000', 'integers_0_10'. */
function draw(random: NumpyRandom, name: string): number {
  const [kind, low, high] = name.split('_');
  if (kind === 'random') return random.random();
  return kind === 'uniform' ? random.uniform(Number(low), Number(high)) : random.integers(Number(low), Number(high));
}

describe.each(cases.map((recorded) => [`${recorded.seed} ${recorded.spawn_key ?? ''}`, recorded] as const))(
  'The generator of seed %s',
  (_, recorded) => {
    const key = recorded.spawn_key ?? [];

    it('is seeded like numpy: the same pool, words, state and increment', () => {
      const pool = seedPool(BigInt(recorded.seed), key);
      const random = freshGenerator(recorded);
      expect([...pool]).toEqual(recorded.pool);
      if (recorded.generate_state_8x32) expect([...wordsFromPool(pool, 8)]).toEqual(recorded.generate_state_8x32);
      if (recorded.state_hex) expect(toBigInt(random.state)).toBe(BigInt(`0x${recorded.state_hex}`));
      if (recorded.inc_hex) expect(toBigInt(random.increment)).toBe(BigInt(`0x${recorded.inc_hex}`));
    });

    const names = Object.keys(recorded).filter((name) => /^(random|(uniform|integers)_-?[\d.]+_-?[\d.]+)$/.test(name));
    it.each(names)('gives numpy’s %s', (name) => {
      const random = freshGenerator(recorded);
      for (const value of recorded[name] as (number | string)[]) {
        expect(draw(random, name)).toBe(Number(value));
        // Above 2⁵³ the number returned is rounded, but the words it was made from are exact.
        if (name === 'integers_0_6917529027641081856') expect(toBigInt(random.halves)).toBe(BigInt(value));
      }
    });

    it('gives numpy’s 64-bit words', () => {
      const random = freshGenerator(recorded);
      for (const word of (recorded.next_uint64 ?? []) as string[]) {
        random.nextUint64();
        expect(toBigInt(random.halves)).toBe(BigInt(word));
      }
    });

    it('keeps the spare half of an integer draw across other draws', () => {
      const random = freshGenerator(recorded);
      for (const [name, value] of recorded.mixed ?? []) expect(draw(random, name)).toBe(Number(value));
    });

    it('forgets the spare half when it is seeded again', () => {
      const random = new NumpyRandom(7);
      random.integers(0, 10);
      random.seed(BigInt(recorded.seed), key);
      expect(random.nextUint32()).toBe(freshGenerator(recorded).nextUint32());
    });
  },
);

describe('NumpyRandom', () => {
  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses %d as a seed', (seed) => {
    expect(() => new NumpyRandom(seed)).toThrow(/non-negative integer/);
  });

  it('takes a small seed as a number or as a bigint', () => {
    expect(new NumpyRandom(2 ** 40 + 3).random()).toBe(new NumpyRandom(2n ** 40n + 3n).random());
  });

  it('draws nothing to choose from one integer, and refuses to choose from none', () => {
    const random = new NumpyRandom(1);
    expect(random.integers(4, 5)).toBe(4);
    expect(random.random()).toBe(new NumpyRandom(1).random());
    expect(() => random.integers(4, 4)).toThrow(RangeError);
  });
});
