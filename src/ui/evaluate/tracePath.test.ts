import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf, tracePath, yIn } from './tracePath.ts';

/** Every height that a path comes by. */
const heightsIn = (path: string): number[] =>
  [...path.matchAll(/[ML][\d.]+ (-?[\d.]+)|V(-?[\d.]+)/g)].map((match) => Number(match[1] ?? match[2]));

describe('The path of a trace', () => {
  it('has a level for each step where there is room', () => {
    const box = { width: 40, height: 23, steps: 4, low: 0, high: 10 };
    expect(tracePath([0, 10, 5], 0, 1, box)).toBe('M0.0 21.5H10.0L10.0 1.5H20.0L20.0 11.5H30.0');
  });

  it('takes one column of several', () => {
    const box = { width: 40, height: 23, steps: 2, low: 0, high: 10 };
    expect(tracePath([0, 10, 5, 0], 1, 2, box)).toBe(tracePath([10, 0], 0, 1, box));
  });

  it('reaches every extreme, however many steps share a pixel', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(values, (column) => {
        const box = { width: 100, height: 50, steps: column.length, ...rangeOf([column]) };
        const path = tracePath(column, 0, 1, box);
        const heights = heightsIn(path);
        const [low, high] = [Math.min(...column), Math.max(...column)];
        expect(Math.max(...heights)).toBeCloseTo(yIn(box, low), 0);
        expect(Math.min(...heights)).toBeCloseTo(yIn(box, high), 0);
        expect(heights.length).toBeLessThanOrEqual(2 * Math.min(column.length, box.width));
      }),
    );
  });
});
