/** The x axis that all charts of a run share. */
import { duration, tickLabel } from '../format.ts';
import type { ChartedRun, ChartView } from './chartContext.ts';
import { growingDomain, type NiceDomain, niceDomain } from './niceTicks.ts';
import type { AxisKind } from './runSeries.ts';

/** The part of the axis to show: what a person chose, or from the start to a little ahead of the run. */
export function xDomainOf(
  run: ChartedRun,
  { axis, range }: ChartView,
  previous: NiceDomain | null,
  maxTicks: number,
): NiceDomain {
  if (!range) {
    const end =
      axis === 'frames'
        ? Math.max(run.hyperparameters.numTrainSteps, run.series.reached(axis))
        : Number.POSITIVE_INFINITY;
    return growingDomain(previous?.from === 0 ? previous : null, run.series.reached(axis), end, maxTicks);
  }
  const [from, to] = range;
  if (previous?.from === from && previous.to === to) return previous;
  const round = niceDomain(from, to, maxTicks);
  return { from, to, step: round.step, ticks: round.ticks.filter((tick) => tick >= from && tick <= to) };
}

export const axisFormatter = (axis: AxisKind): ((value: number, step: number) => string) =>
  axis === 'seconds' ? timeTick : tickLabel;

const timeTick = (value: number, step: number): string => (step < 1 ? tickLabel(value, step) : duration(value));
