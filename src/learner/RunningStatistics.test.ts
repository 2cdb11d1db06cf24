import { describe, expect, it } from 'vitest';
import { RandomStream } from '../math/randomStream.ts';
import { RunningStatistics } from './RunningStatistics.ts';

const place = { size: 2, mean: 0, variance: 2, count: 4 };

/** Far from 0 and of different spread, so that a careless sum of squares would lose its digits. */
function samples(count: number): number[][] {
  const random = new RandomStream(3, 'measurement');
  return Array.from({ length: count }, () => [1000 + random.normal(), -5 + 0.01 * random.normal()]);
}

function moments(rows: readonly number[][], i: number): { mean: number; variance: number } {
  const mean = rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length;
  return { mean, variance: rows.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / rows.length };
}

function addAll(statistics: RunningStatistics, rows: readonly number[][]): void {
  for (const row of rows) {
    for (const [i, x] of row.entries()) statistics.add(i, x);
    statistics.countSample();
  }
}

describe('Running statistics', () => {
  it('are those of all samples, however they came in batches', () => {
    const rows = samples(1000);
    const statistics = new RunningStatistics(2);
    for (const [from, to] of [
      [0, 1],
      [1, 300],
      [300, 1000],
    ] as const) {
      addAll(statistics, rows.slice(from, to));
      statistics.merge();
    }
    const flat = new Float32Array(5);
    statistics.write(flat, place);
    for (const i of [0, 1]) {
      const { mean, variance } = moments(rows, i);
      expect(flat[place.mean + i]! / mean).toBeCloseTo(1, 6);
      expect(flat[place.variance + i]! / variance).toBeCloseTo(1, 4);
    }
    expect(flat[place.count]).toBe(1000);
  });

  it('of several learners are those of one, once their sums are added up', () => {
    const rows = samples(400);
    const [one, first, second] = [1, 2, 3].map(() => new RunningStatistics(2)) as [
      RunningStatistics,
      RunningStatistics,
      RunningStatistics,
    ];
    for (const [from, to] of [
      [0, 100],
      [100, 200],
    ] as const) {
      addAll(one, [...rows.slice(from, to), ...rows.slice(200 + from, 200 + to)]);
      addAll(first, rows.slice(from, to));
      addAll(second, rows.slice(200 + from, 200 + to));
      const sum = first.sums.map((value, i) => value + second.sums[i]!);
      for (const learner of [first, second]) learner.sums.set(sum);
      for (const statistics of [one, first, second]) statistics.merge();
    }
    const written = [one, first, second].map((statistics) => {
      const flat = new Float32Array(5);
      statistics.write(flat, place);
      return flat;
    });
    expect(written[1]).toEqual(written[2]);
    for (const [i, value] of written[0]!.entries()) expect(written[1]![i]! / value).toBeCloseTo(1, 5);
  });

  it('go on from where they were written', () => {
    const rows = samples(200);
    const whole = new RunningStatistics(2);
    addAll(whole, rows);
    whole.merge();
    const part = new RunningStatistics(2);
    addAll(part, rows.slice(0, 150));
    part.merge();
    const flat = new Float32Array(5);
    part.write(flat, place);
    const continued = RunningStatistics.from(flat, place);
    addAll(continued, rows.slice(150));
    continued.merge();
    const [expected, actual] = [new Float32Array(5), new Float32Array(5)];
    whole.write(expected, place);
    continued.write(actual, place);
    for (const [i, value] of expected.entries()) expect(actual[i]! / value).toBeCloseTo(1, 3);
  });
});
