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
  return {
    episodes: returns.length,
    mean: mean(returns),
    std: standardDeviation(returns),
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
export const bootstrapInterval = (values: readonly number[], seed: number): readonly [number, number] =>
  percentileBootstrap(values, seed, interquartileMeanOfCounts);

/** Of a sample in which sorted[i] (ascending, [n]) occurs counts[i] times; the counts add up to n. */
type StatisticOfCounts = (sorted: Float64Array, counts: Uint32Array) => number;

function percentileBootstrap(
  values: readonly number[],
  seed: number,
  statistic: StatisticOfCounts,
): readonly [number, number] {
  assertNotEmpty(values);
  const random = new RandomStream(seed, 'bootstrap');
  const sorted = Float64Array.from(values).sort();
  const counts = new Uint32Array(sorted.length);
  const statistics = new Float64Array(numResamples);
  for (let resample = 0; resample < numResamples; resample++) {
    counts.fill(0);
    for (let draw = 0; draw < sorted.length; draw++) counts[random.below(sorted.length)]! += 1;
    statistics[resample] = statistic(sorted, counts);
  }
  statistics.sort();
  return [percentile(statistics, 2.5), percentile(statistics, 97.5)];
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

function meanOfCounts(sorted: Float64Array, counts: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) sum += sorted[i]! * counts[i]!;
  return sum / sorted.length;
}

/** Two policies on the same seeds. All intervals are 95 % percentile bootstraps over the pairs. */
export interface PairedComparison {
  /** Mean of (second − first) over the seeds. */
  readonly difference: number;
  readonly differenceCi95: readonly [number, number];
  /** Share of the seeds on which the second does better; a tie counts half (Agarwal et al. 2021, for paired samples). */
  readonly probabilityOfImprovement: number;
  readonly probabilityCi95: readonly [number, number];
}

/** Compares returns of the same seeds, in the same order. Throws if the numbers of returns differ or are 0. */
export function comparePaired(first: readonly number[], second: readonly number[]): PairedComparison {
  if (first.length !== second.length) {
    throw new Error(`Paired returns come in equal numbers, not ${first.length} and ${second.length}.`);
  }
  const differences = second.map((value, i) => value - first[i]!);
  const wins = differences.map((difference) => (Math.sign(difference) + 1) / 2);
  return {
    difference: mean(differences),
    differenceCi95: percentileBootstrap(differences, 0, meanOfCounts),
    probabilityOfImprovement: mean(wins),
    probabilityCi95: percentileBootstrap(wins, 0, meanOfCounts),
  };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  assertNotEmpty(values);
  return percentile(Float64Array.from(values).sort(), 50);
}

/** Between two ranks it is interpolated linearly, as `numpy.percentile` does. */
export function percentile(sorted: Float64Array, percent: number): number {
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(rank);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (rank - below);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the population: the sum of squares is divided by n. */
export function standardDeviation(values: readonly number[]): number {
  const average = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - average) ** 2)));
}

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

function assertNotEmpty(values: readonly number[]): void {
  if (values.length === 0) throw new Error('There are no statistics of no episodes.');
}
