/** What is said and drawn on the chart of one series besides its curve. */
import type { MetricSpec } from '../../metrics/metrics.ts';
import { largestEntropy } from '../training/policyRows.ts';
import type { ChartedRun } from './chartContext.ts';
import { type SeriesName, seriesSpec } from './runSeries.ts';

export interface ChartSpec extends MetricSpec {
  /** Said beside the title: unit, and what the number is compared with. */
  readonly aside: string;
  /** A level worth comparing with. */
  readonly level: number | null;
  /** Numbers that cannot be negative show their distance from 0. */
  readonly startsAtZero: boolean;
}

export function chartSpec(name: SeriesName, run: Pick<ChartedRun, 'hyperparameters' | 'env'>): ChartSpec {
  const spec = seriesSpec(name);
  return {
    ...spec,
    aside: [spec.unit, comparison(name, run)].filter(Boolean).join(', '),
    level: levelOf(name, run),
    startsAtZero: !['policyLoss', 'totalLoss', 'importanceWeight'].includes(name),
  };
}

function comparison(name: SeriesName, { hyperparameters: h, env }: Pick<ChartedRun, 'hyperparameters' | 'env'>) {
  const mostUndecided = name === 'entropy' && largestEntropy(env.actionSpace);
  if (mostUndecided) return `at most ${mostUndecided.toFixed(2)}`;
  if (name === 'gradNorm' && h.maxGradNorm > 0) return `clipped at ${h.maxGradNorm}`;
  if (name === 'learningRate') return h.lrSchedule === 'linear' ? 'linear to 0' : 'constant';
  return '';
}

function levelOf(name: SeriesName, { hyperparameters: h }: Pick<ChartedRun, 'hyperparameters'>): number | null {
  if (name === 'importanceWeight') return 1;
  return name === 'gradNorm' && h.maxGradNorm > 0 ? h.maxGradNorm : null;
}
