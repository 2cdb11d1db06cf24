/** What part of the plane a chart shows: the view decides along x, the data in sight along y. */
import { xDomainOf } from './axis.ts';
import { type BucketPyramid, bucketsBetween, firstAtLeast } from './bucketPyramid.ts';
import type { ChartedRun, ChartView } from './chartContext.ts';
import type { ChartLook } from './chartSettings.ts';
import { logDomain } from './logScale.ts';
import { chartSpec } from './metricCharts.ts';
import { type NiceDomain, settledDomain } from './niceTicks.ts';
import type { Series, SeriesName } from './runSeries.ts';
import type { PlotDomains } from './scales.ts';

export interface ChartDomains extends PlotDomains {
  readonly look: ChartLook;
}

export type DomainsOf = (
  run: ChartedRun,
  view: ChartView,
  look: ChartLook,
  previous: ChartDomains | null,
) => ChartDomains;

const smallTicks = { x: 3, y: 4 };
export const largeTicks = { x: 8, y: 6 };

/** All returns in sight, the evaluations, and the level to reach; without the level where outliers are left out. */
export const returnDomains: DomainsOf = (run, view, look, previous) => {
  const x = xDomainOf(run, view, previous?.x ?? null, 8);
  const inSight = extentOf(run.series.returns(view.axis), x, look);
  const evaluations = run.series.record.evaluations.flatMap(({ iqmCi95 }) => iqmCi95);
  const threshold = look.isRobust ? null : run.env.rewardThreshold;
  const marked = [
    ...evaluations,
    ...(threshold === null ? [] : [threshold]),
    ...(inSight.low > inSight.high ? [0] : []),
  ];
  return settled(x, withValues(inSight, marked), look, previous, { maxTicks: 6, startsAtZero: isNearZero });
};

/** @param most ticks of each axis */
export const metricDomains =
  (name: SeriesName, most = smallTicks): DomainsOf =>
  (run, view, look, previous) => {
    const x = xDomainOf(run, view, previous?.x ?? null, most.x);
    const inSight = extentOf(run.series.metric(name, view.axis), x, look);
    const { startsAtZero } = chartSpec(name, run);
    return settled(x, inSight, look, previous, {
      maxTicks: most.y,
      startsAtZero: () => startsAtZero && !look.isRobust,
    });
  };

interface Extent {
  readonly low: number;
  readonly high: number;
  readonly lowestPositive: number;
}

const nothing: Extent = {
  low: Number.POSITIVE_INFINITY,
  high: Number.NEGATIVE_INFINITY,
  lowestPositive: Number.POSITIVE_INFINITY,
};

const withValues = (extent: Extent, values: readonly number[]): Extent => ({
  low: Math.min(extent.low, ...values),
  high: Math.max(extent.high, ...values),
  lowestPositive: Math.min(extent.lowestPositive, ...values.filter((value) => value > 0)),
});

/** Of all values between the ends of the axis; where the look is robust, without the outermost ones. */
function extentOf({ pyramid, xs }: Series, x: NiceDomain, { isLog, isRobust }: ChartLook): Extent {
  const [first, end] = [firstAtLeast(xs, pyramid.length, x.from), firstAtLeast(xs, pyramid.length, x.to)];
  if (isRobust) {
    const [low, high] = robustRange(pyramid, first, end);
    return withValues(nothing, [low, high].filter(Number.isFinite));
  }
  if (!isLog) {
    const { min, max } = pyramid.summarize(first, Math.min(pyramid.length, end + 1));
    return { low: min, high: max, lowestPositive: max };
  }
  const buckets = bucketsBetween(pyramid, xs, x.from, x.to, 200);
  return withValues(nothing, [...buckets.map(({ min }) => min), ...buckets.map(({ max }) => max)]);
}

/** Shares of the values that lie below and above a robust range. */
const outlierShare = 0.02;
const mostValues = 4000;

/** From the 2nd to the 98th percentile, of every so many-th value where they are many. */
export function robustRange(pyramid: BucketPyramid, first: number, end: number): readonly [number, number] {
  const stride = Math.max(1, Math.ceil((end - first) / mostValues));
  const values: number[] = [];
  for (let i = first; i < end; i += stride) {
    const value = pyramid.valueAt(i);
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const last = values.length - 1;
  return [
    values[Math.floor(outlierShare * last)] ?? Number.NaN,
    values[Math.ceil((1 - outlierShare) * last)] ?? Number.NaN,
  ];
}

interface Rules {
  readonly maxTicks: number;
  readonly startsAtZero: (extent: Extent) => boolean;
}

const isNearZero = ({ low, high }: Extent): boolean => low >= 0 && low < 0.3 * high;

function settled(
  x: NiceDomain,
  extent: Extent,
  look: ChartLook,
  previous: ChartDomains | null,
  { maxTicks, startsAtZero }: Rules,
): ChartDomains {
  const last = previous?.look === look ? previous.y : null;
  const { low, high, lowestPositive } = extent;
  const log = look.isLog ? logDomain(last, low, lowestPositive, high) : null;
  const y =
    log ?? settledDomain(last?.warp ? null : last, startsAtZero(extent) ? Math.min(low, 0) : low, high, maxTicks);
  return previous && previous.x === x && previous.y === y && previous.look === look ? previous : { x, y, look };
}
