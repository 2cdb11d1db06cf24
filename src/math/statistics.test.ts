import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval, interquartileMean, quantile, summarise } from './statistics.ts';

const someReturns = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('The interquartile mean', () => {
  it('is the mean of the middle half', () => {
    expect(interquartileMean([100, 1, 2, 3, 4, 5, 6, -100])).toBe((2 + 3 + 4 + 5) / 4);
  });

  it('cuts whole values off, as scipy.stats.trim_mean does', () => {
    expect(interquartileMean([1, 2, 3, 4, 50])).toBe(3); // ⌊5/4⌋ = 1 from each end
    expect(interquartileMean([1, 2, 6])).toBe(3); // ⌊3/4⌋ = 0
  });
});

describe('A quantile', () => {
  it('interpolates linearly, as numpy does', () => {
    expect(quantile([0, 10, 20, 30], 0.25)).toBe(7.5);
    expect(quantile([0, 10], 1)).toBe(10);
  });
});

describe('The bootstrap interval', () => {
  it('is the same each time', () => {
    const values = [1, 5, 2, 8, 3];
    expect(bootstrapInterval(values, interquartileMean, 0.95)).toEqual(
      bootstrapInterval(values, interquartileMean, 0.95),
    );
  });

  it('covers the mean of a normal sample about as often as it claims', () => {
    // Standard error of the mean of 100 values with deviation 1 is 0.1: the interval should be near ±0.196.
    const values = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const [low, high] = bootstrapInterval(values, (sample) => sample.reduce((a, b) => a + b, 0) / sample.length, 0.95);
    expect(low).toBeGreaterThan(-0.25);
    expect(low).toBeLessThan(-0.15);
    expect(high).toBeGreaterThan(0.15);
    expect(high).toBeLessThan(0.25);
  });
});

describe('A summary', () => {
  it('keeps its numbers in order', () => {
    fc.assert(
      fc.property(someReturns, (returns) => {
        const { min, max, iqm, mean, iqmCi95 } = summarise(returns);
        const slack = 1e-6;
        expect(min).toBeLessThanOrEqual(mean + slack);
        expect(mean).toBeLessThanOrEqual(max + slack);
        expect(iqmCi95[0]).toBeLessThanOrEqual(iqmCi95[1]);
        expect(iqm).toBeGreaterThanOrEqual(min - slack);
        expect(iqm).toBeLessThanOrEqual(max + slack);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses to be made of nothing', () => {
    expect(() => summarise([])).toThrow('no episodes');
  });
});
