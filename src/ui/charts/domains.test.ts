import { describe, expect, it } from 'vitest';
import { BucketPyramid } from './bucketPyramid.ts';
import { robustRange } from './domains.ts';

describe('A range without outliers', () => {
  it('is that of nearly all values', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i % 100 === 50 ? 1e6 : i % 10));
    const pyramid = new BucketPyramid();
    pyramid.sync({ length: values.length, values });
    expect(robustRange(pyramid, 0, 1000)).toEqual([0, 9]);
    expect(robustRange(pyramid, 50, 51)).toEqual([1e6, 1e6]);
    expect(robustRange(pyramid, 5, 5)).toEqual([Number.NaN, Number.NaN]);
  });
});
