/** Statistics of evaluations, as recommended by Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical precipice". */
import { RandomStream } from './randomStream.ts';

export interface Summary {
  readonly episodes: number;
  readonly mean: number;
  /** Of the population: divided by n */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** Interquartile mean */
  readonly iqm: number;
  /** 95 % percentile bootstrap of the interquartile mean */
  readonly iqmCi95: readonly [number, number];
}

const numResamples = 2000;

/** Everything that is reported of a set of returns. The same returns give the same interval. */
export function summarise(returns: readonly number[]): Summary {
  if (returns.length === 0) throw new Error('There are no episodes to summarise: evaluate at least one.');
  const mean = meanOf(returns);
  return {
    episodes: returns.length,
    mean,
    std: Math.sqrt(meanOf(returns.map((value) => (value - mean) ** 2))),
    min: Math.min(...returns),
    max: Math.max(...returns),
    iqm: interquartileMean(returns),
    iqmCi95: bootstrapInterval(returns, interquartileMean, 0.95),
  };
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean of what is left after ⌊n/4⌋ values are cut off at each end: scipy.stats.trim_mean(values, 0.25). */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor(sorted.length / 4);
  return meanOf([...sorted.subarray(cut, sorted.length - cut)]);
}

/** Percentile bootstrap: the middle `level` of the statistic over resamples with replacement, from a fixed stream of random numbers. */
export function bootstrapInterval(
  values: readonly number[],
  statistic: (values: Float64Array) => number,
  level: number,
): [number, number] {
  const random = new RandomStream(0, 'bootstrap');
  const resample = new Float64Array(values.length);
  const statistics = new Float64Array(numResamples);
  for (let i = 0; i < numResamples; i++) {
    for (let j = 0; j < values.length; j++) resample[j] = values[random.below(values.length)]!;
    statistics[i] = statistic(resample);
  }
  statistics.sort();
  return [quantile(statistics, (1 - level) / 2), quantile(statistics, (1 + level) / 2)];
}

/** Linear interpolation between the two nearest of the sorted values, as numpy.quantile does. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
