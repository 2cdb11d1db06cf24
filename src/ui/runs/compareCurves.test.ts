import { describe, expect, it } from 'vitest';
import { bandOf, interpolate, type Points, valueAt } from './compareCurves.ts';

const points = (...pairs: readonly [number, number][]): Points => ({
  xs: Float64Array.from(pairs, ([x]) => x),
  ys: Float64Array.from(pairs, ([, y]) => y),
});

describe('The value of a curve', () => {
  const curve = points([10, 1], [20, 3], [40, 7]);

  it.each([
    [5, Number.NaN, Number.NaN],
    [10, 1, 1],
    [15, 1, 2],
    [20, 3, 3],
    [30, 3, 5],
    [40, 7, 7],
    [50, 7, Number.NaN],
  ])('at %d is read as %d, and interpolated as %d', (x, read, between) => {
    expect(valueAt(curve, x)).toEqual(read);
    expect(interpolate(curve, x)).toEqual(between);
  });
});

describe('A group of seeds', () => {
  it('is shown only where every member has been', () => {
    const band = bandOf([points([0, 0], [100, 100]), points([20, 20], [60, 60])], 5);
    expect(band.map(({ x, iqm }) => [x, iqm])).toEqual([20, 30, 40, 50, 60].map((x) => [x, x]));
  });

  it('leaves out the outer quarters in its mean, and has an interval around it', () => {
    const band = bandOf(
      [0, 10, 12, 1000].map((y) => points([0, y], [1, y])),
      2,
    );
    expect(band[0]!.iqm).toBe(11);
    expect(band[0]!.low).toBeLessThanOrEqual(11);
    expect(band[0]!.high).toBeGreaterThan(11);
  });

  it('is empty where its members never meet', () => {
    expect(bandOf([points([0, 1], [10, 1]), points([20, 1], [30, 1])], 3)).toEqual([]);
    expect(bandOf([points(), points([20, 1], [30, 1])], 3)).toEqual([]);
  });
});
