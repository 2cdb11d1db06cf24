import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfLife, MovingAverage, maxSmoothing, sliderPositionOf, smoothingAt } from './smoothing.ts';

const column = (numbers: readonly number[]) => ({ length: numbers.length, values: Float64Array.from(numbers) });

const averagesOf = (numbers: readonly number[], decay: number): number[] => {
  const average = new MovingAverage(decay);
  average.sync(column(numbers));
  return [...average.values.subarray(0, average.length)];
};

describe('The moving average', () => {
  it('leaves a constant as it is, from the first point on', () => {
    for (const value of averagesOf(
      Array.from({ length: 500 }, () => 7),
      maxSmoothing,
    ))
      expect(value).toBeCloseTo(7, 9);
  });

  it('is the points themselves without smoothing', () => {
    expect(averagesOf([3, -1, 4], 0)).toEqual([3, -1, 4]);
  });

  it('is the weighted mean of all points so far', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 60 }), (numbers) => {
        const weights = numbers.map((_, i) => 0.9 ** (numbers.length - 1 - i));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const mean = numbers.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total;
        expect(averagesOf(numbers, 0.9).at(-1)).toBeCloseTo(mean, 9);
      }),
    );
  });

  it('is the same whether points come one by one or together', () => {
    const numbers = Array.from({ length: 300 }, (_, i) => Math.sin(i));
    const average = new MovingAverage(0.95);
    for (let n = 1; n <= numbers.length; n++) average.sync(column(numbers.slice(0, n)));
    expect([...average.values.subarray(0, average.length)]).toEqual(averagesOf(numbers, 0.95));
  });

  it('passes over what is not a number', () => {
    expect(averagesOf([2, Number.NaN, 2], 0.5)).toEqual([2, 2, 2]);
    expect(averagesOf([Number.NaN], 0.5)).toEqual([Number.NaN]);
  });
});

describe('The smoothing slider', () => {
  it('goes from off to the largest smoothing', () => {
    expect([smoothingAt(0), smoothingAt(1)]).toEqual([0, maxSmoothing]);
  });

  it('stays where it was put', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), (position) => {
        expect(sliderPositionOf(smoothingAt(position))).toBeCloseTo(position, 6);
      }),
    );
  });

  it('is explained by the number of points after which one counts half', () => {
    expect(halfLife(0.985)).toBeCloseTo(45.9, 1);
    expect(halfLife(0)).toBe(0);
  });
});
