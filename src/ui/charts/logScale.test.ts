import { describe, expect, it } from 'vitest';
import { logDomain, tickText } from './logScale.ts';

const textsOf = (low: number, lowestPositive: number, high: number) => {
  const domain = logDomain(null, low, lowestPositive, high)!;
  return domain.ticks.map((tick) => tickText(domain, tick));
};

describe('A logarithmic axis', () => {
  it('begins at the lowest positive value, and shows 0 below its end', () => {
    const domain = logDomain(null, 0, 3e-4, 2)!;
    expect([domain.from, domain.to]).toEqual([2e-4, 2]);
    expect(domain.warp!(0)).toBeLessThan(domain.warp!(domain.from));
  });

  it('has ticks at powers of ten, at 2 and 5 too where these are few', () => {
    expect(textsOf(0, 1e-4, 1)).toEqual(['1e−4', '0.001', '0.01', '0.1', '1']);
    expect(textsOf(2, 2, 40)).toEqual(['2', '5', '10', '20', '50']);
  });

  it('is symmetric about 0 where values are negative, without a gap or a turn', () => {
    const domain = logDomain(null, -300, 0.1, 200)!;
    expect([domain.from, domain.to]).toEqual([-500, 200]);
    expect(domain.ticks).toEqual([-100, -10, 0, 10, 100]);
    const warped = [-500, -10, -0.1, 0, 0.1, 10, 200].map(domain.warp!);
    expect(warped).toEqual(warped.toSorted((a, b) => a - b));
    expect(domain.warp!(-7)).toBe(-domain.warp!(7));
  });

  it('stays the same object while it is the same, and does not exist without positive values', () => {
    const first = logDomain(null, 0, 0.01, 5);
    expect(logDomain(first, 0, 0.011, 4)).toBe(first);
    expect(logDomain(null, 0, Number.POSITIVE_INFINITY, 0)).toBeNull();
  });
});
