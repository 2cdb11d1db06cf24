import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, compact, count, decimalsFor, duration, fixed, roughDuration, tickLabel, whole } from './format.ts';

describe('Numbers on the page', () => {
  it('have thin spaces between thousands and a true minus', () => {
    expect(whole(69381)).toBe('69\u202f381');
    expect(whole(-1234567)).toBe('\u22121\u202f234\u202f567');
    expect(whole(999)).toBe('999');
  });

  it('are a dash where there is no number', () => {
    for (const text of [whole, (n: number) => fixed(n, 2), compact, duration]) expect(text(Number.NaN)).toBe('–');
  });

  it('are never a negative zero', () => {
    expect(fixed(-0.0004, 3)).toBe('0.000');
    expect(fixed(-0.02, 3)).toBe('\u22120.020');
  });

  it('keep about three digits when they are shortened', () => {
    expect([0, 0.000176, 0.423, 1.2, 23.44, 234.4, 9994, 24012, 999_400, 999_600, 1_234_567, 3e9].map(compact)).toEqual(
      ['0', '1.76e\u22124', '0.423', '1.20', '23.4', '234', '9\u202f994', '24.0k', '999k', '1.00M', '1.23M', '3.00G'],
    );
  });

  it('stay within five percent of the value when they are shortened', () => {
    const units: Record<string, number> = { k: 1e3, M: 1e6, G: 1e9 };
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 9e11, noNaN: true }), (value) => {
        const text = compact(value)
          .replace('\u2212', '-')
          .replace(/\u202f/g, '');
        const read = Number.parseFloat(text) * (units[text.at(-1)!] ?? 1);
        expect(Math.abs(read - value)).toBeLessThanOrEqual(0.05 * value);
      }),
    );
  });

  it('of ticks show what tells two ticks apart', () => {
    expect([0, 200_000, 1_000_000, 1_400_000].map((tick) => tickLabel(tick, 200_000))).toEqual([
      '0',
      '200k',
      '1.0M',
      '1.4M',
    ]);
    expect([5000, 10_000].map((tick) => tickLabel(tick, 5000))).toEqual(['5k', '10k']);
    expect(tickLabel(1.5, 0.5)).toBe('1.5');
    expect(tickLabel(-0.02, 0.005)).toBe('\u22120.020');
    expect([5e-4, 1.5e-3].map((tick) => tickLabel(tick, 5e-4))).toEqual(['5e\u22124', '1.5e\u22123']);
  });

  it('of ticks need as many decimals as their distance has', () => {
    expect([100, 1, 0.5, 0.25, 0.001].map(decimalsFor)).toEqual([0, 0, 1, 2, 3]);
  });

  it('of times read as a clock', () => {
    expect([0, 59.4, 73, 3725].map(duration)).toEqual(['0:00', '0:59', '1:13', '1:02:05']);
  });

  it('of estimated times have no more digits than are known', () => {
    expect([0.2, 12.3, 125, 4830].map(roughDuration)).toEqual(['1 s', '12 s', '2 min 5 s', '1 h 20 min']);
  });

  it('of bytes use decimal units', () => {
    expect([999, 18_700, 813_000, 2_800_000].map(bytes)).toEqual(['999 B', '18.7 kB', '813 kB', '2.80 MB']);
  });

  it('agree with their noun', () => {
    expect([count(1, 'episode'), count(0, 'episode'), count(4839, 'episode')]).toEqual([
      '1 episode',
      '0 episodes',
      '4\u202f839 episodes',
    ]);
  });
});
