import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hyperparameterNames, type NumberSpec, specOf } from '../../config/hyperparameters.ts';
import { nearestPosition, sliderValues, steppedValue } from './sliderScale.ts';

const numberSpecs = hyperparameterNames.map(specOf).filter((spec): spec is NumberSpec => spec.kind === 'number');

const specOfNumber = (name: Parameters<typeof specOf>[0]) => specOf(name) as NumberSpec;

describe('The slider of every number', () => {
  it('stops at rising values within the bounds, whole ones where the number is whole', () => {
    for (const spec of numberSpecs) {
      const values = sliderValues(spec) ?? [];
      for (const [i, value] of values.entries()) {
        expect(value, spec.label).toBeGreaterThanOrEqual(spec.min);
        expect(value, spec.label).toBeLessThanOrEqual(spec.max);
        if (i > 0) expect(value, spec.label).toBeGreaterThan(values[i - 1]!);
        if (spec.integer) expect(Number.isInteger(value), spec.label).toBe(true);
      }
    }
  });

  it('has at most as many stops as one can aim at', () => {
    for (const spec of numberSpecs) expect(sliderValues(spec)?.length ?? 2, spec.label).toBeLessThanOrEqual(260);
  });

  it('reaches off where zero means off', () => {
    expect(sliderValues(specOfNumber('maxGradNorm'))![0]).toBe(0);
  });

  it('stands where its value is', () => {
    for (const spec of numberSpecs) {
      const values = sliderValues(spec);
      values?.forEach((value, i) => {
        expect(nearestPosition(values, value, spec.scale), spec.label).toBe(i);
      });
    }
  });

  it('is left out where it would not help', () => {
    expect(sliderValues(specOfNumber('seed'))).toBeNull();
  });
});

describe('Arrow keys in a number', () => {
  it('walk a log scale by 1, 2, 5, 10', () => {
    const spec = specOfNumber('batchSize');
    const walk = [8];
    for (let i = 0; i < 5; i++) walk.push(steppedValue(spec, walk.at(-1)!, 1));
    expect(walk).toEqual([8, 10, 20, 50, 100, 200]);
    expect(steppedValue(spec, 8, -1)).toBe(5);
    expect(steppedValue(spec, 1, -1)).toBe(1);
    expect(steppedValue(specOfNumber('entCoef'), 0, 1, 0.1)).toBeGreaterThan(0);
  });

  it('lead away from zero on a log scale, whatever is held with them', () => {
    for (const factor of [0.1, 1, 10])
      expect(steppedValue(specOfNumber('maxGradNorm'), 0, 1, factor)).toBeGreaterThan(0);
  });

  it('walk a linear scale by its step', () => {
    expect(steppedValue(specOfNumber('seed'), 1, 1)).toBe(2);
    expect(steppedValue(specOfNumber('seed'), 1, 1, 10)).toBe(11);
    expect(steppedValue(specOfNumber('discount'), 0.99, -1)).toBe(0.98);
  });

  it('never leave the bounds, and always move inside of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...numberSpecs),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom<1 | -1>(1, -1),
        fc.constantFrom(1, 10, 0.1),
        (spec, place, direction, factor) => {
          const raw = spec.min + place * (Math.min(spec.max, spec.min + 1000) - spec.min);
          const value = spec.integer ? Math.round(raw) : raw;
          const next = steppedValue(spec, value, direction, factor);
          expect(next).toBeGreaterThanOrEqual(spec.min);
          expect(next).toBeLessThanOrEqual(spec.max);
          if (direction > 0 && value < spec.max) expect(next).toBeGreaterThan(value);
          if (direction < 0 && value > spec.min) expect(next).toBeLessThan(value);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
