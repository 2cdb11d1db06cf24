import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf } from './histogram.ts';

describe('A histogram of returns', () => {
  it('counts every episode once, in the bin that its return lies in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 200 }), (returns) => {
        const bins = histogramOf(returns, 12);
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(returns.length);
        for (const [i, bin] of bins.entries()) {
          const isLast = i === bins.length - 1;
          const inside = returns.filter(
            (value) => value >= bin.from && (value < bin.to || (isLast && value <= bin.to)),
          );
          expect(bin.count).toBe(inside.length);
        }
      }),
    );
  });

  it('has a bin even where all episodes ended alike', () => {
    const bins = histogramOf([500, 500, 500], 12);
    expect(bins.filter((bin) => bin.count > 0).map((bin) => bin.count)).toEqual([3]);
  });
});
