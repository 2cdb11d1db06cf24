/** The running statistics of a run, for as long as it learns: of observations, of discounted returns, or of neither. */
import type { ParameterLayout, StatisticsPlace } from '../networks/parameterLayout.ts';
import { RunningStatistics } from './RunningStatistics.ts';

interface Entry {
  readonly statistics: RunningStatistics;
  readonly place: StatisticsPlace;
}

export class Normalisation {
  readonly observation: RunningStatistics | null;
  readonly discountedReturn: RunningStatistics | null;
  readonly #all: readonly Entry[];

  /** Continues from what the parameters hold. */
  constructor(layout: ParameterLayout, parameters: Float32Array) {
    const open = (place: StatisticsPlace | null) => (place ? RunningStatistics.from(parameters, place) : null);
    this.observation = open(layout.observationStatistics);
    this.discountedReturn = open(layout.returnStatistics);
    this.#all = [
      { statistics: this.observation, place: layout.observationStatistics },
      { statistics: this.discountedReturn, place: layout.returnStatistics },
    ].filter((entry): entry is Entry => entry.statistics !== null);
  }

  /** How many numbers learners exchange of a batch. */
  get numSums(): number {
    return this.#all.reduce((count, { statistics }) => count + statistics.sums.length, 0);
  }

  copySums(out: Float32Array, at: number): void {
    for (const { statistics } of this.#all) {
      out.set(statistics.sums, at);
      at += statistics.sums.length;
    }
  }

  takeSums(values: Float32Array, at: number): void {
    for (const { statistics } of this.#all) {
      statistics.sums.set(values.subarray(at, at + statistics.sums.length));
      at += statistics.sums.length;
    }
  }

  /** Takes the batch into the statistics and writes them behind the trained parameters. */
  mergeInto(parameters: Float32Array): void {
    for (const { statistics, place } of this.#all) {
      statistics.merge();
      statistics.write(parameters, place);
    }
  }
}
