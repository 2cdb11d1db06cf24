/**
 * Running mean and variance of samples that arrive batch by batch (Chan et al. 1983), kept in flat parameters so that they travel with
 * them. Batches of several learners add up: what is exchanged are sums of differences from the present mean, which stay small.
 */
import type { StatisticsPlace } from '../networks/parameterLayout.ts';

/** float32 counts exactly up to here; the influence of new batches then stays what it is. */
const largestCount = 2 ** 24;

export class RunningStatistics {
  /** [1 + 2·size]: number of samples since the last merge, Σ (x − mean), Σ (x − mean)² */
  readonly sums: Float64Array;
  readonly #size: number;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#mean = new Float64Array(size);
    this.#variance = new Float64Array(size).fill(1);
    this.sums = new Float64Array(1 + 2 * size);
  }

  /** Continues from what flat parameters hold. */
  static from(parameters: Float32Array, { size, mean, variance, count }: StatisticsPlace): RunningStatistics {
    const statistics = new RunningStatistics(size);
    for (let i = 0; i < size; i++) {
      statistics.#mean[i] = parameters[mean + i]!;
      statistics.#variance[i] = parameters[variance + i]!;
    }
    statistics.#count = parameters[count]!;
    return statistics;
  }

  /** Adds element i of a sample. */
  add(i: number, x: number): void {
    const difference = x - this.#mean[i]!;
    this.sums[1 + i]! += difference;
    this.sums[1 + this.#size + i]! += difference * difference;
  }

  /** Counts a sample whose elements were all added. */
  countSample(): void {
    this.sums[0]! += 1;
  }

  /** Takes what was added into mean and variance. */
  merge(): void {
    const { sums } = this;
    const [before, added] = [this.#count, sums[0]!];
    if (added === 0) return;
    const total = before + added;
    for (let i = 0; i < this.#size; i++) {
      const shift = sums[1 + i]! / added;
      const spread = sums[1 + this.#size + i]! - added * shift * shift;
      const sumOfSquares = this.#variance[i]! * before + spread + (shift * shift * before * added) / total;
      this.#variance[i] = Math.max(0, sumOfSquares / total);
      this.#mean[i]! += (shift * added) / total;
    }
    this.#count = Math.min(largestCount, total);
    sums.fill(0);
  }

  write(parameters: Float32Array, { size, mean, variance, count }: StatisticsPlace): void {
    for (let i = 0; i < size; i++) {
      parameters[mean + i] = this.#mean[i]!;
      parameters[variance + i] = this.#variance[i]!;
    }
    parameters[count] = this.#count;
  }
}
