import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BucketPyramid, bucketsBetween, firstAtLeast } from './bucketPyramid.ts';

const column = (numbers: readonly number[]) => ({ length: numbers.length, values: Float64Array.from(numbers) });

const pyramidOf = (numbers: readonly number[], chunk = numbers.length): BucketPyramid => {
  const pyramid = new BucketPyramid();
  for (let to = Math.min(chunk, numbers.length); ; to = Math.min(numbers.length, to + chunk)) {
    pyramid.sync(column(numbers.slice(0, to)));
    if (to === numbers.length) return pyramid;
  }
};

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 1500 });

describe('A bucket pyramid', () => {
  it('summarises every range as looking at each value does', () => {
    fc.assert(
      fc.property(values, fc.nat(1500), fc.nat(1500), fc.integer({ min: 1, max: 200 }), (numbers, a, b, chunk) => {
        const [from, to] = [Math.min(a, b) % numbers.length, Math.min(numbers.length, Math.max(a, b) + 1)];
        const summary = pyramidOf(numbers, chunk).summarize(from, to);
        const range = numbers.slice(from, to);
        expect(summary.count).toBe(range.length);
        if (range.length === 0) return;
        expect(summary.min).toBe(Math.min(...range));
        expect(summary.max).toBe(Math.max(...range));
        expect(summary.mean).toBeCloseTo(range.reduce((sum, value) => sum + value, 0) / range.length, 9);
      }),
    );
  });

  it('skips what is not a number', () => {
    const summary = pyramidOf([1, Number.NaN, 3]).summarize(0, 3);
    expect(summary).toEqual({ min: 1, max: 3, mean: 2, count: 2 });
  });

  it('answers for a million values without walking over them', () => {
    const pyramid = new BucketPyramid();
    const million = new Float64Array(1_000_000).map((_, i) => i % 977);
    pyramid.sync({ length: million.length, values: million });
    const begin = performance.now();
    for (let i = 0; i < 1000; i++) pyramid.summarize(i, million.length - i);
    expect(performance.now() - begin).toBeLessThan(200);
  });
});

describe('Buckets of a chart', () => {
  const xs = (n: number) => Float64Array.from({ length: n }, (_, i) => 10 * i);

  it('keep every extreme of what they show', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 50 }), (numbers, count) => {
        const buckets = bucketsBetween(pyramidOf(numbers), xs(numbers.length), 0, 10 * numbers.length, count);
        expect(Math.min(...buckets.map((bucket) => bucket.min))).toBe(Math.min(...numbers));
        expect(Math.max(...buckets.map((bucket) => bucket.max))).toBe(Math.max(...numbers));
        expect(buckets.length).toBeLessThanOrEqual(Math.max(count + 2, count));
      }),
    );
  });

  it('are the points themselves where there are few', () => {
    const buckets = bucketsBetween(pyramidOf([5, 7, 6]), xs(3), 0, 100, 50);
    expect(buckets.map(({ x, mean }) => [x, mean])).toEqual([
      [0, 5],
      [10, 7],
      [20, 6],
    ]);
  });

  it('reach one point beyond each edge, so that a line does not end inside', () => {
    const buckets = bucketsBetween(pyramidOf([1, 2, 3, 4, 5, 6]), xs(6), 15, 35, 50);
    expect(buckets.map(({ mean }) => mean)).toEqual([2, 3, 4, 5]);
  });

  it('come in the order of x and hold each point once', () => {
    const n = 4000;
    const buckets = bucketsBetween(pyramidOf(Array.from({ length: n }, () => 1)), xs(n), 0, 10 * n, 100);
    for (let i = 1; i < buckets.length; i++) expect(buckets[i]!.x).toBeGreaterThan(buckets[i - 1]!.x);
    expect(buckets.length).toBeLessThanOrEqual(101);
  });
});

describe('The first x that is large enough', () => {
  it('is found as by looking through all', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 60 }), fc.nat(110), (numbers, x) => {
        const sorted = [...numbers].sort((a, b) => a - b);
        const found = sorted.findIndex((value) => value >= x);
        expect(firstAtLeast(sorted, sorted.length, x)).toBe(found === -1 ? sorted.length : found);
      }),
    );
  });
});
