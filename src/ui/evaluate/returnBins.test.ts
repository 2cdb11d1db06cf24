import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, binReturns } from './returnBins.ts';

const returns = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('Bins of returns', () => {
  it('hold every return of both policies once, between their edges', () => {
    fc.assert(
      fc.property(returns, returns, (first, second) => {
        const { edges, counts } = binReturns([first, second], 12);
        expect(counts.map((ofPolicy) => ofPolicy.reduce((a, b) => a + b))).toEqual([first.length, second.length]);
        expect(edges.length).toBeLessThanOrEqual(15);
        for (const value of [...first, ...second]) {
          const bin = binOf(edges, value);
          const slack = 1e-6 * (edges.at(-1)! - edges[0]!);
          expect(value).toBeGreaterThanOrEqual(edges[bin]! - slack);
          expect(value).toBeLessThanOrEqual(edges[bin + 1]! + slack);
        }
      }),
    );
  });

  it('keep an edge with the bin above it, but for the highest', () => {
    const { edges, counts } = binReturns([[0, 10, 20, 100]], 10);
    expect(edges).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(counts[0]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 1]);
  });
});
