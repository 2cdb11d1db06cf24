import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growingDomain, niceDomain, niceStep, settledDomain } from './niceTicks.ts';

const ranges = fc
  .tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 1e-6, max: 1e9, noNaN: true }))
  .filter(([low, span]) => span > Math.abs(low) * 1e-6);

describe('Round axes', () => {
  it('step by 1, 2 or 5 times a power of ten', () => {
    expect([10, 11, 25, 26, 0.7].map((span) => niceStep(span, 5))).toEqual([2, 5, 5, 10, 0.2]);
  });

  it('hold the data with few ticks, all of them multiples of the step', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 2, max: 10 }), ([low, span], maxTicks) => {
        const { from, to, step, ticks } = niceDomain(low, low + span, maxTicks);
        expect(from).toBeLessThanOrEqual(low + step * 1e-6);
        expect(to).toBeGreaterThanOrEqual(low + span - step * 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(maxTicks + 2);
        for (const tick of ticks) expect(Math.abs(tick / step - Math.round(tick / step))).toBeLessThan(1e-3);
      }),
    );
  });

  it('have a width even where all data is one value, or there is none', () => {
    for (const value of [0, 500, -0.02, 5e-324, -1e-300, 3e-290]) {
      const { from, to } = niceDomain(value, value, 4);
      expect(from).toBeLessThan(to);
      expect(from).toBeLessThanOrEqual(value);
      expect(to).toBeGreaterThanOrEqual(value);
    }
    expect(niceDomain(0, 5e-324, 12).ticks.length).toBeGreaterThan(1);
    expect(niceDomain(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 4).ticks.length).toBeGreaterThan(1);
  });

  it('write no digits that come of adding up rounding errors', () => {
    expect(niceDomain(0, 0.6, 6).ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  });

  it('stay as they are while the data fits and fills them', () => {
    const first = settledDomain(null, 0, 95, 5);
    expect(settledDomain(first, 0, 60, 5)).toBe(first);
    expect(settledDomain(first, 0, 130, 5)).not.toBe(first);
    expect(settledDomain(first, 0, 3, 5).to).toBeLessThan(10);
  });

  it('grow ahead of a run and end at its budget', () => {
    const early = growingDomain(null, 30_000, 300_000, 5);
    expect(early.to).toBeGreaterThan(30_000);
    expect(early.to).toBeLessThan(60_000);
    expect(growingDomain(early, early.to - 1, 300_000, 5)).toBe(early);
    expect(growingDomain(early, 299_000, 300_000, 5).to).toBe(300_000);
    expect(growingDomain(null, 290_000, 310_000, 5).ticks.every((tick) => tick <= 310_000)).toBe(true);
  });

  it('have a start before the first step', () => {
    expect(growingDomain(null, 0, 300_000, 5).to).toBeGreaterThan(0);
  });
});
