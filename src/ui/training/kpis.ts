/** The numbers in the strip below the ruler. Each names its statistic; the last minute stands beside it as a curve. */
import { framesPerUpdate } from '../../config/derivedSizes.ts';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { LearnerMetric } from '../../metrics/metrics.ts';
import { type Bottleneck, bottleneckOf, recentLoad } from '../../trainer/bottleneck.ts';
import type { Column, RunRecord } from '../../trainer/run.ts';
import { firstAtLeast } from '../charts/bucketPyramid.ts';
import { compact, count, fixed, whole } from '../format.ts';
import { bestEvaluation } from '../runs/runFacts.ts';

export interface Kpi {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly detail: string;
  /** Who waits for whom, where that is known; stands in the place of the curve. */
  readonly bottleneck?: Bottleneck | null;
  readonly spark: readonly number[];
}

/** Episodes that the first number is the mean of. */
const recentEpisodes = 100;
const sparkPoints = 60;
const rateSeconds = 4;

const tail = (column: Column, length: number): Float64Array =>
  column.values.subarray(Math.max(0, column.length - length), column.length);

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};

const deviationOf = (values: Float64Array): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

/** @param h without "automatic" values */
export function kpisOf(record: RunRecord, h: Hyperparameters, hardwareConcurrency: number): Kpi[] {
  return [returnKpi(record), evaluationKpi(record), episodesKpi(record), ...rateKpis(record, h, hardwareConcurrency)];
}

/** Growth per second over the last few seconds: counted, for a mean of rates would favour the short rows. */
export function recentRate(column: Column, seconds: Column): number {
  const last = seconds.length - 1;
  if (last < 1) return Number.NaN;
  const first = Math.min(last - 1, firstAtLeast(seconds.values, seconds.length, seconds.values[last]! - rateSeconds));
  return (column.values[last]! - column.values[first]!) / (seconds.values[last]! - seconds.values[first]!);
}

function returnKpi({ episodes }: RunRecord): Kpi {
  const recent = tail(episodes.episodeReturn, recentEpisodes);
  return {
    label: 'Return',
    value: fixed(meanOf(recent), 1),
    unit: recent.length > 1 ? `± ${fixed(deviationOf(recent), 0)}` : '',
    detail: recent.length > 0 ? `mean of the last ${count(recent.length, 'episode')}` : 'no episode finished yet',
    spark: blockMeans(episodes.episodeReturn),
  };
}

/** The whole curve in a few points. */
function blockMeans({ values, length }: Column): number[] {
  const blocks = Math.min(30, length);
  return Array.from({ length: blocks }, (_, i) =>
    meanOf(values.subarray(Math.floor((i * length) / blocks), Math.floor(((i + 1) * length) / blocks))),
  );
}

function evaluationKpi({ evaluations }: RunRecord): Kpi {
  const best = bestEvaluation({ evaluations });
  return {
    label: 'Best evaluation',
    value: fixed(best?.iqm ?? Number.NaN, 1),
    unit: best ? 'IQM' : '',
    detail: best ? `at ${compact(best.frames)} steps, ${count(best.episodes, 'episode')}` : 'none yet',
    spark: evaluations.map((evaluation) => evaluation.iqm),
  };
}

function episodesKpi({ episodes }: RunRecord): Kpi {
  const lengths = tail(episodes.episodeLength, recentEpisodes);
  return {
    label: 'Episodes',
    value: whole(episodes.frames.length),
    unit: '',
    detail: lengths.length > 0 ? `mean length ${whole(meanOf(lengths))}, last ${lengths.length}` : '',
    spark: [],
  };
}

function rateKpis(record: RunRecord, h: Hyperparameters, hardwareConcurrency: number): Kpi[] {
  const { metrics } = record;
  const { numActors } = h;
  const numFrames = framesPerUpdate(h);
  const last = (name: LearnerMetric) => meanOf(tail(metrics[name], 5));
  const spark = (name: LearnerMetric) => [...tail(metrics[name], sparkPoints)];
  const waiting = last('waitMs') / (last('waitMs') + last('updateMs'));
  const framesPerSecond = recentRate(metrics.frames, metrics.seconds);
  return [
    {
      label: 'Env steps',
      value: compact(framesPerSecond),
      unit: '/s',
      detail: `${count(numActors, 'actor')}, ${compact(framesPerSecond / numActors)} each`,
      spark: spark('framesPerSecond'),
    },
    {
      label: 'Updates',
      value: compact(framesPerSecond / numFrames),
      unit: '/s',
      detail: `${compact(last('updateMs'))} ms each, waits ${fixed(100 * waiting, 0)} %`,
      bottleneck: bottleneckOf(recentLoad(record), h, hardwareConcurrency),
      spark: spark('updateMs'),
    },
    {
      label: 'Policy lag',
      value: fixed(last('policyLag'), 1),
      unit: 'updates',
      detail: `largest ${fixed(last('maxPolicyLag'), 0)}`,
      spark: spark('policyLag'),
    },
    {
      label: 'Queue',
      value: fixed(last('queue'), 1),
      unit: 'rollouts',
      detail: `${whole(numFrames)} steps an update`,
      spark: spark('queue'),
    },
  ];
}
