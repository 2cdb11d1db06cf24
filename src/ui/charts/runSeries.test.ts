import { describe, expect, it } from 'vitest';
import { episodeColumnNames, learnerMetricNames } from '../../metrics/metrics.ts';
import type { Evaluation, RunRecord } from '../../trainer/run.ts';
import { GrowingColumn } from './growingColumn.ts';
import { indexAt, RunSeries } from './runSeries.ts';

const columnsOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, new GrowingColumn()])) as unknown as Record<Name, GrowingColumn>;

/** A run that makes 1000 env steps in its first second and 3000 in its second, with an episode every 500 steps. */
function makeRecord() {
  const [episodes, metrics] = [columnsOf(episodeColumnNames), columnsOf(learnerMetricNames)];
  const record = {
    version: 0,
    frames: 0,
    updates: 0,
    seconds: 0,
    evaluations: [],
    savedWeights: [],
    bestWeights: null,
    breaks: [],
    checkpoint: null,
    changes: [],
    actors: [],
    log: [],
    reportDelayMs: 0,
    engine: null,
  };
  const advance = (frames: number, seconds: number) => {
    for (let at = record.frames + 500; at <= frames; at += 500) {
      const row = { frames: at, episodeReturn: at / 100, episodeLength: 10, actor: 0 };
      for (const name of episodeColumnNames) episodes[name].push(row[name]);
    }
    for (const name of learnerMetricNames)
      metrics[name].push(name === 'frames' ? frames : name === 'seconds' ? seconds : 1);
    record.frames = frames;
    record.seconds = seconds;
    record.version++;
  };
  advance(1000, 1);
  advance(4000, 2);
  return { record: { ...record, episodes, metrics } satisfies RunRecord, advance };
}

const evaluationAt = (frames: number) => ({ frames }) as Evaluation;

describe('The curves of a run', () => {
  const { record } = makeRecord();
  const series = new RunSeries(() => record, 0);
  series.sync(0);

  it('hold every episode once, however often they are brought up to date', () => {
    series.sync(0);
    expect(series.returns('frames').pyramid.length).toBe(8);
  });

  it('lie at env steps, at the time these were made, or at the number of the episode', () => {
    expect([...series.returns('frames').xs.subarray(0, 4)]).toEqual([500, 1000, 1500, 2000]);
    expect([...series.returns('episodes').xs.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(series.returns('seconds').xs[0]).toBeCloseTo(0.5);
    expect(series.returns('seconds').xs[4]).toBeCloseTo(1.5);
  });

  it('place evaluations on each of these axes', () => {
    expect(series.xOfEvaluation(evaluationAt(2500), 'frames')).toBe(2500);
    expect(series.xOfEvaluation(evaluationAt(2500), 'seconds')).toBeCloseTo(1.5);
    expect(series.xOfEvaluation(evaluationAt(2500), 'episodes')).toBe(4);
  });

  it('are smoothed anew when another smoothing is chosen', () => {
    series.sync(0.5);
    const smoothed = series.smoothed('frames').pyramid;
    expect([smoothed.valueAt(0), smoothed.valueAt(1)]).toEqual([5, (0.5 * 5 + 10) / 1.5]);
    series.sync(0);
    expect(series.smoothed('frames').pyramid.valueAt(1)).toBe(10);
  });

  it('are read at the point before the hairline', () => {
    const returns = series.returns('frames');
    expect([indexAt(returns, 499), indexAt(returns, 500), indexAt(returns, 1400)]).toEqual([-1, 0, 1]);
  });
});
