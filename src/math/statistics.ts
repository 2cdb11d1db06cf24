/** Statistics of the returns of a number of episodes, as recommended by Agarwal et al. 2021 ("Deep reinforcement learning at the edge of the statistical precipice"). */
import { RandomStream } from './randomStream.ts';

export interface SampleStatistics {
  readonly episodes: number;
  readonly mean: number;
  /** Of the population: the sum of squares is divided by n. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly iqm: number;
  /** 95 % percentile bootstrap interval of the interquartile mean. */
  readonly iqmCi95: readonly [number, number];
}

const numResamples = 2000;

/** Equal returns give equal statistics, the bootstrap's too. Throws if there is no return. */
export function summarise(returns: readonly number[]): SampleStatistics {
  assertNotEmpty(returns);
  const average = mean(returns);
  return {
    episodes: returns.length,
    mean: average,
    std: Math.sqrt(mean(returns.map((value) => (value - average) ** 2))),
    min: returns.reduce((a, b) => Math.min(a, b)),
    max: returns.reduce((a, b) => Math.max(a, b)),
    iqm: interquartileMean(returns),
    iqmCi95: bootstrapInterval(returns, 0),
  };
}

/**
 * Mean of the middle half: the ⌊n/4⌋ smallest and the ⌊n/4⌋ largest values are left out, whole values only. That is
 * `scipy.stats.trim_mean(values, 0.25)`, the IQM of rliable (Agarwal et al. 2021), so figures compare with published ones.
 */
export function interquartileMean(values: readonly number[]): number {
  assertNotEmpty(values);
  const left = Math.floor(values.length / 4);
  return mean(ascending(values).slice(left, values.length - left));
}

/** The 2.5th and the 97.5th percentile of the interquartile mean over resamples drawn with replacement. */
export function bootstrapInterval(values: readonly number[], seed: number): readonly [number, number] {
  assertNotEmpty(values);
  const random = new RandomStream(seed, 'bootstrap');
  const sorted = Float64Array.from(values).sort();
  const counts = new Uint32Array(sorted.length);
  const means = new Float64Array(numResamples);
  for (let resample = 0; resample < numResamples; resample++) {
    counts.fill(0);
    for (let draw = 0; draw < sorted.length; draw++) counts[random.below(sorted.length)]! += 1;
    means[resample] = interquartileMeanOfCounts(sorted, counts);
  }
  means.sort();
  return [percentile(means, 2.5), percentile(means, 97.5)];
}

/**
 * The same as `interquartileMean`, in linear time, of a sample in which sorted[i] occurs counts[i] times.
 * @param sorted ascending, [n]
 * @param counts [n], adding up to n
 */
function interquartileMeanOfCounts(sorted: Float64Array, counts: Uint32Array): number {
  const begin = Math.floor(sorted.length / 4);
  const end = sorted.length - begin;
  let sum = 0;
  let rank = 0;
  for (let i = 0; i < sorted.length && rank < end; i++) {
    const next = rank + counts[i]!;
    const kept = Math.min(next, end) - Math.max(rank, begin);
    if (kept > 0) sum += kept * sorted[i]!;
    rank = next;
  }
  return sum / (end - begin);
}

/** Between two ranks it is interpolated linearly, as `numpy.percentile` does. */
export function percentile(sorted: Float64Array, percent: number): number {
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(rank);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (rank - below);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

function assertNotEmpty(values: readonly number[]): void {
  if (values.length === 0) throw new Error('There are no statistics of no episodes.');
}
