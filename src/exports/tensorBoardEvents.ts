/**
 * A run as a TensorBoard event file: every metric, episode and evaluation as a scalar over env steps. The file is a TFRecord, each record
 * an `Event` message (tensorflow/core/util/event.proto) between its length and two masked CRC-32C.
 */

import { crc32c } from '../math/crc32.ts';
import { type EpisodeColumn, type LearnerMetric, learnerMetricNames } from '../metrics/metrics.ts';
import { double, type Field, float, int, joinBytes, message, text } from './protobuf.ts';

interface Column {
  readonly length: number;
  readonly values: ArrayLike<number>;
}

export interface RecordedRun {
  readonly metrics: Readonly<Record<LearnerMetric, Column>>;
  readonly episodes: Readonly<Record<EpisodeColumn, Column>>;
  readonly evaluations: readonly { readonly frames: number; readonly mean: number; readonly iqm: number }[];
  /** When it began, milliseconds since 1970. */
  readonly createdAt: number;
}

interface Scalar {
  readonly tag: string;
  readonly value: number;
}

/** What the axes are made of. */
const axes: readonly LearnerMetric[] = ['frames', 'seconds'];

/** The name TensorBoard finds the file by. */
export const tensorBoardFileName = ({ createdAt }: Pick<RecordedRun, 'createdAt'>): string =>
  `events.out.tfevents.${Math.floor(createdAt / 1000)}.pronk`;

export function encodeTensorBoard({ metrics, episodes, evaluations, createdAt }: RecordedRun): Uint8Array<ArrayBuffer> {
  const clock = new Clock(metrics, createdAt / 1000);
  const records = [record(double(1, createdAt / 1000), text(3, 'brain.Event:2'))];
  const add = (frames: number, scalars: readonly Scalar[]) => {
    records.push(record(double(1, clock.at(frames)), int(2, frames), message(5, ...scalars.map(summaryValue))));
  };
  const names = learnerMetricNames.filter((name) => !axes.includes(name));
  for (let row = 0; row < metrics.frames.length; row++) {
    add(
      metrics.frames.values[row]!,
      names.map((name) => ({ tag: `learner/${name}`, value: metrics[name].values[row]! })),
    );
  }
  clock.rewind();
  for (let row = 0; row < episodes.frames.length; row++) {
    add(episodes.frames.values[row]!, [
      { tag: 'episode/return', value: episodes.episodeReturn.values[row]! },
      { tag: 'episode/length', value: episodes.episodeLength.values[row]! },
    ]);
  }
  clock.rewind();
  for (const { frames, mean, iqm } of evaluations) {
    add(frames, [
      { tag: 'evaluation/mean', value: mean },
      { tag: 'evaluation/iqm', value: iqm },
    ]);
  }
  return joinBytes(records);
}

/** When a number of env steps was reached, in seconds since 1970: told by the first row of metrics that has it. */
class Clock {
  readonly #metrics: RecordedRun['metrics'];
  readonly #start: number;
  #row = 0;

  constructor(metrics: RecordedRun['metrics'], start: number) {
    this.#metrics = metrics;
    this.#start = start;
  }

  /** `frames` may not fall from call to call. */
  at(frames: number): number {
    const { frames: column, seconds } = this.#metrics;
    while (this.#row < column.length - 1 && column.values[this.#row]! < frames) this.#row += 1;
    return this.#start + (column.length > 0 ? seconds.values[this.#row]! : 0);
  }

  rewind(): void {
    this.#row = 0;
  }
}

/** Summary.Value with tag and simple_value. */
const summaryValue = ({ tag, value }: Scalar): Field => message(1, text(1, tag), float(2, value));

function record(...event: readonly Field[]): Uint8Array<ArrayBuffer> {
  const contents = joinBytes(event);
  const file = new Uint8Array(16 + contents.length);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(contents.length), true);
  view.setUint32(8, masked(crc32c(file.subarray(0, 8))), true);
  file.set(contents, 12);
  view.setUint32(12 + contents.length, masked(crc32c(contents)), true);
  return file;
}

/** TFRecord masks checksums, since those of data that hold checksums are weak. */
const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
