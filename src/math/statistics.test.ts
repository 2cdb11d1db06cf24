import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from './randomStream.ts';
import { bootstrapInterval, comparePaired, interquartileMean, median, percentile, summarise } from './statistics.ts';

const samples = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 60 });

describe('The interquartile mean', () => {
  // scipy.stats.trim_mean(values, 0.25)
  it.each([
    [[5], 5],
    [[1, 9], 5],
    [[1, 2, 900], 301],
    [[1, 2, 3, 900], 2.5],
    [[900, 1, 3, 2], 2.5],
    [[1, 2, 3, 4, 5, 6, 7], 4],
    [[0, 10, 20, 30, 40, 50, 60, 100], 35],
  ])('of %o is %d', (values, expected) => {
    expect(interquartileMean(values)).toBeCloseTo(expected, 12);
  });

  it('does not hear what happens in the outer quarters', () => {
    expect(interquartileMean([1, 2, 3, 4, 5, 6, 7, 1e9])).toBe(interquartileMean([-1e9, 2, 3, 4, 5, 6, 7, 8]));
  });

  it('lies within the sample and is the mean of equal values', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const iqm = interquartileMean(values);
        expect(iqm).toBeGreaterThanOrEqual(Math.min(...values));
        expect(iqm).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
    expect(interquartileMean([475, 475, 475])).toBe(475);
  });
});

describe('Percentiles', () => {
  it('are interpolated between ranks as numpy does', () => {
    const sorted = Float64Array.of(1, 2, 4, 8);
    const expected = { 0: 1, 2.5: 1.075, 50: 3, 97.5: 7.7, 100: 8 };
    for (const [percent, value] of Object.entries(expected)) {
      expect(percentile(sorted, Number(percent))).toBeCloseTo(value, 12);
    }
  });
});

describe('The bootstrap interval', () => {
  it('is the same every time for the same seed, and another for another', () => {
    const values = Array.from({ length: 30 }, (_, i) => i * i);
    expect(bootstrapInterval(values, 3)).toEqual(bootstrapInterval(values, 3));
    expect(bootstrapInterval(values, 3)).not.toEqual(bootstrapInterval(values, 4));
  });

  it('equals the slow way: sort every resample and take its interquartile mean', () => {
    fc.assert(
      fc.property(samples, fc.nat(1000), (values, seed) => {
        const random = new RandomStream(seed, 'bootstrap');
        const sorted = values.toSorted((a, b) => a - b);
        const means = Float64Array.from({ length: 2000 }, () =>
          interquartileMean(sorted.map(() => sorted[random.below(sorted.length)]!)),
        ).sort();
        const [low, high] = bootstrapInterval(values, seed);
        expect(low).toBeCloseTo(percentile(means, 2.5), 9);
        expect(high).toBeCloseTo(percentile(means, 97.5), 9);
      }),
      { numRuns: 5 },
    );
  });

  it('covers the true interquartile mean of a normal distribution about 95 times in 100', () => {
    const random = new RandomStream(1, 'measurement');
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const [low, high] = bootstrapInterval(
        Array.from({ length: 40 }, () => random.normal()),
        trial,
      );
      if (low <= 0 && 0 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThan(200 * 0.89);
    expect(covered).toBeLessThan(200 * 0.99);
  });
});

describe('Statistics of returns', () => {
  it('take the standard deviation of the population', () => {
    expect(summarise([2, 4, 4, 4, 5, 5, 7, 9])).toMatchObject({
      episodes: 8,
      mean: 5,
      std: 2,
      min: 2,
      max: 9,
      iqm: 4.5,
    });
  });

  it('have no width when every episode went the same', () => {
    expect(summarise(Array(100).fill(500))).toEqual({
      episodes: 100,
      mean: 500,
      std: 0,
      min: 500,
      max: 500,
      iqm: 500,
      iqmCi95: [500, 500],
    });
  });

  it('are refused of nothing', () => {
    expect(() => summarise([])).toThrow('no episodes');
  });
});

describe('A paired comparison', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })), {
    minLength: 1,
    maxLength: 40,
  });
  const split = (sample: readonly (readonly [number, number])[]) =>
    [sample.map(([a]) => a), sample.map(([, b]) => b)] as const;

  it('sees a constant gain on every seed exactly, however much the seeds differ', () => {
    const first = [3, 500, -120, 44, 9];
    const comparison = comparePaired(
      first,
      first.map((value) => value + 2),
    );
    expect(comparison).toEqual({
      difference: 2,
      differenceCi95: [2, 2],
      probabilityOfImprovement: 1,
      probabilityCi95: [1, 1],
    });
  });

  it('counts a tie as half an improvement', () => {
    expect(comparePaired([1, 1, 1, 1], [2, 1, 0, 5]).probabilityOfImprovement).toBe((1 + 0.5 + 0 + 1) / 4);
  });

  it('is the difference of the means, and turns around with the order', () => {
    fc.assert(
      fc.property(pairs, (sample) => {
        const [first, second] = split(sample);
        const [forth, back] = [comparePaired(first, second), comparePaired(second, first)];
        expect(forth.difference).toBeCloseTo(summarise(second).mean - summarise(first).mean, 9);
        expect(back.difference).toBeCloseTo(-forth.difference, 9);
        expect(back.probabilityOfImprovement).toBeCloseTo(1 - forth.probabilityOfImprovement, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('has an interval as wide as the standard error says', () => {
    const random = new RandomStream(5, 'measurement');
    const first = Array.from({ length: 400 }, () => random.normal());
    const second = first.map((value) => value + 1 + random.normal());
    const { differenceCi95: interval, difference } = comparePaired(first, second);
    expect(interval[0]).toBeCloseTo(difference - 1.96 / 20, 1.7);
    expect(interval[1]).toBeCloseTo(difference + 1.96 / 20, 1.7);
  });

  it('refuses unequal numbers of returns', () => {
    expect(() => comparePaired([1, 2], [1])).toThrow('not 2 and 1');
  });
});

describe('The median', () => {
  it.each([
    [[7], 7],
    [[9, 1], 5],
    [[3, 1, 2], 2],
  ])('of %o is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});
