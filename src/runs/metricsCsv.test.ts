import { describe, expect, it } from 'vitest';
import { episodeColumnNames, learnerMetricNames } from '../metrics/metrics.ts';
import { episodesCsv, metricsCsv } from './metricsCsv.ts';

/** Columns with the rows given, and room behind them that holds 99. */
const columnsOf = <Name extends string>(names: readonly Name[], rows: readonly (readonly number[])[]) =>
  Object.fromEntries(
    names.map((name, i) => [
      name,
      { length: rows.length, values: [...rows.map((row) => row[i] ?? Number.NaN), 99, 99] },
    ]),
  ) as unknown as Record<Name, { length: number; values: number[] }>;

describe('CSV of a run', () => {
  it('has a column for each learner metric, in the order of the table', () => {
    const row = learnerMetricNames.map((_, i) => i / 10);
    expect(metricsCsv({ metrics: columnsOf(learnerMetricNames, [row]) })).toBe(
      `${learnerMetricNames.join(',')}\n${row.join(',')}\n`,
    );
  });

  it('has a row for each episode and none for the room behind them', () => {
    const rows = [
      [160, 12.5, 13, 0],
      [320, -1e-7, 21, 3],
    ];
    expect(episodesCsv({ episodes: columnsOf(episodeColumnNames, rows) })).toBe(
      'frames,episodeReturn,episodeLength,actor\n160,12.5,13,0\n320,-1e-7,21,3\n',
    );
  });

  it('is a header alone when nothing happened', () => {
    expect(episodesCsv({ episodes: columnsOf(episodeColumnNames, []) })).toBe(`${episodeColumnNames.join(',')}\n`);
  });

  it('loses no digit', () => {
    const value = 0.1 + 0.2;
    const csv = episodesCsv({ episodes: columnsOf(episodeColumnNames, [[value, 0, 0, 0]]) });
    expect(Number(csv.split('\n')[1]?.split(',')[0])).toBe(value);
  });
});
