/**
 * The curves of one run, ready to be drawn: pyramids over the columns of its record, the moving average, and the x of every
 * point on each axis a person may choose. It reads the record and never writes it; nothing is copied but what is derived.
 */
import {
  episodeColumns,
  type LearnerMetric,
  learnerMetricNames,
  learnerMetrics,
  type MetricSpec,
} from '../../metrics/metrics.ts';
import type { Evaluation, RunRecord } from '../../trainer/run.ts';
import { BucketPyramid, firstAtLeast } from './bucketPyramid.ts';
import { GrowingColumn } from './growingColumn.ts';
import { MovingAverage } from './smoothing.ts';

export type AxisKind = 'frames' | 'seconds' | 'episodes';

export const axisKinds: readonly { value: AxisKind; label: string }[] = [
  { value: 'frames', label: 'Steps' },
  { value: 'seconds', label: 'Time' },
  { value: 'episodes', label: 'Episodes' },
];

/** What small charts show: one value for each row of metrics, or for each episode. */
export type SeriesName = LearnerMetric | 'episodeLength';

export const seriesNames: readonly SeriesName[] = ['episodeLength', ...learnerMetricNames];

export const seriesSpec = (name: SeriesName): MetricSpec =>
  name === 'episodeLength' ? episodeColumns.episodeLength : learnerMetrics[name];

/** A curve with the x of its points. */
export interface Series {
  readonly pyramid: BucketPyramid;
  readonly xs: Float64Array;
}

export class RunSeries {
  readonly #record: () => RunRecord;
  #seenVersion = -1;
  #smoothing: number;
  #average: MovingAverage;
  #smoothed = new BucketPyramid();
  readonly #returns = new BucketPyramid();
  readonly #lengths = new BucketPyramid();
  readonly #metrics = new Map(learnerMetricNames.map((name) => [name, new BucketPyramid()]));
  readonly #episodeSeconds = new GrowingColumn();
  readonly #episodeNumbers = new GrowingColumn();
  readonly #metricEpisodes = new GrowingColumn();

  constructor(record: () => RunRecord, smoothing: number) {
    this.#record = record;
    this.#smoothing = smoothing;
    this.#average = new MovingAverage(smoothing);
  }

  get record(): RunRecord {
    return this.#record();
  }

  /** Takes in what was recorded since the last call. */
  sync(smoothing: number): void {
    const record = this.#record();
    if (smoothing !== this.#smoothing) {
      this.#smoothing = smoothing;
      this.#average = new MovingAverage(smoothing);
      this.#smoothed = new BucketPyramid();
    } else if (record.version === this.#seenVersion) return;
    this.#seenVersion = record.version;
    const { episodes, metrics } = record;
    this.#returns.sync(episodes.episodeReturn);
    this.#lengths.sync(episodes.episodeLength);
    this.#average.sync(episodes.episodeReturn);
    this.#smoothed.sync(this.#average);
    for (const [name, pyramid] of this.#metrics) pyramid.sync(metrics[name]);
    for (let i = this.#episodeNumbers.length; i < episodes.frames.length; i++) {
      this.#episodeNumbers.push(i + 1);
      this.#episodeSeconds.push(this.#secondsAt(episodes.frames.values[i]!, record));
    }
    for (let i = this.#metricEpisodes.length; i < metrics.frames.length; i++) {
      this.#metricEpisodes.push(this.#episodesAt(metrics.frames.values[i]!, record));
    }
  }

  returns = (axis: AxisKind): Series => ({ pyramid: this.#returns, xs: this.#episodeXs(axis) });

  smoothed = (axis: AxisKind): Series => ({ pyramid: this.#smoothed, xs: this.#episodeXs(axis) });

  metric(name: SeriesName, axis: AxisKind): Series {
    if (name === 'episodeLength') return { pyramid: this.#lengths, xs: this.#episodeXs(axis) };
    const { metrics } = this.#record();
    const xs = axis === 'episodes' ? this.#metricEpisodes.values : metrics[axis].values;
    return { pyramid: this.#metrics.get(name)!, xs };
  }

  xOfEvaluation(evaluation: Evaluation, axis: AxisKind): number {
    if (axis === 'frames') return evaluation.frames;
    const record = this.#record();
    return axis === 'seconds'
      ? this.#secondsAt(evaluation.frames, record)
      : this.#episodesAt(evaluation.frames, record);
  }

  /** How far the run has come on an axis. */
  reached(axis: AxisKind): number {
    const record = this.#record();
    return axis === 'episodes' ? record.episodes.frames.length : record[axis];
  }

  #episodeXs(axis: AxisKind): Float64Array {
    if (axis === 'frames') return this.#record().episodes.frames.values;
    return axis === 'seconds' ? this.#episodeSeconds.values : this.#episodeNumbers.values;
  }

  #episodesAt(frames: number, { episodes }: RunRecord): number {
    return firstAtLeast(episodes.frames.values, episodes.frames.length, frames);
  }

  /** Between two rows of metrics, and from the last row to now, time passes evenly. */
  #secondsAt(frames: number, record: RunRecord): number {
    const { frames: xs, seconds: ys } = record.metrics;
    const after = firstAtLeast(xs.values, xs.length, frames);
    const [x0, y0] = after === 0 ? [0, 0] : [xs.values[after - 1]!, ys.values[after - 1]!];
    const [x1, y1] = after < xs.length ? [xs.values[after]!, ys.values[after]!] : [record.frames, record.seconds];
    return x1 > x0 ? y0 + ((frames - x0) / (x1 - x0)) * (y1 - y0) : y1;
  }
}

/** The index of the point of a series nearest to x from below, or −1. */
export const indexAt = (series: Series, x: number): number =>
  firstAtLeast(series.xs, series.pyramid.length, x + Math.abs(x) * 1e-12) - 1;
