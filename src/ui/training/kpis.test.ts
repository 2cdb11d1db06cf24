import { describe, expect, it } from 'vitest';
import { GrowingColumn } from '../charts/growingColumn.ts';
import { recentRate } from './kpis.ts';

describe('A rate on the page', () => {
  const columnOf = (values: readonly number[]) => {
    const column = new GrowingColumn();
    for (const value of values) column.push(value);
    return column;
  };

  it('is what was counted over the last seconds, not a mean of rates', () => {
    // A fast burst between two slow rows: 100 steps in 2 s, then 100 in 0.1 s, then 100 in 1.9 s.
    expect(recentRate(columnOf([0, 100, 200, 300]), columnOf([0, 2, 2.1, 4]))).toBeCloseTo(75);
  });

  it('forgets what lies further back', () => {
    expect(recentRate(columnOf([0, 9000, 9100, 9200]), columnOf([0, 100, 102, 104]))).toBeCloseTo(50);
  });

  it('is unknown before there are two rows', () => {
    expect(recentRate(columnOf([5]), columnOf([1]))).toBeNaN();
  });
});
