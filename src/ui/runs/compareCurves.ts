/** The curves of several runs, ready to be drawn over one another. */
import { bootstrapInterval, interquartileMean } from '../../math/statistics.ts';
import type { StoredCurves, StoredRun } from '../../runs/RunStore.ts';
import { firstAtLeast } from '../charts/bucketPyramid.ts';
import { MovingAverage } from '../charts/smoothing.ts';

/** What a curve shows: the moving average of all episodes' returns, or the evaluations. */
export type CurveKind = 'returns' | 'evaluations';

export const curveTitles: Readonly<Record<CurveKind, string>> = {
  returns: 'Moving average of episode returns',
  evaluations: 'Interquartile mean of evaluations',
};

/** Points in the order of their x, env steps. */
export interface Points {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

export function pointsOf(
  kind: CurveKind,
  run: Pick<StoredRun, 'evaluations'>,
  curves: StoredCurves,
  smoothing: number,
): Points {
  if (kind === 'evaluations') {
    // Of several at the same step the last one counts: the final evaluation has the most episodes.
    const byFrames = new Map(run.evaluations.map((evaluation) => [evaluation.frames, evaluation]));
    const evaluations = [...byFrames.values()].toSorted((a, b) => a.frames - b.frames);
    return {
      xs: Float64Array.from(evaluations, ({ frames }) => frames),
      ys: Float64Array.from(evaluations, ({ iqm }) => iqm),
    };
  }
  const { frames, episodeReturn } = curves.episodes;
  const average = new MovingAverage(smoothing);
  average.sync(episodeReturn);
  return { xs: frames.values.subarray(0, frames.length), ys: average.values.subarray(0, average.length) };
}

/** The last value at or before x; NaN before the first. */
export function valueAt({ xs, ys }: Points, x: number): number {
  const after = firstAtLeast(xs, xs.length, x);
  if (xs[after] === x) return ys[after]!;
  return after === 0 ? Number.NaN : ys[after - 1]!;
}

/** Between two points the value is interpolated; NaN outside of them. */
export function interpolate({ xs, ys }: Points, x: number): number {
  const after = firstAtLeast(xs, xs.length, x);
  if (after === xs.length || (after === 0 && xs[0] !== x)) return Number.NaN;
  if (after === 0) return ys[0]!;
  const share = (x - xs[after - 1]!) / (xs[after]! - xs[after - 1]!);
  return ys[after - 1]! + share * (ys[after]! - ys[after - 1]!);
}

export interface BandPoint {
  readonly x: number;
  readonly iqm: number;
  /** 95 % percentile bootstrap over the members. */
  readonly low: number;
  readonly high: number;
}

/**
 * Interquartile mean of several curves and its interval, at evenly spaced x. Only where every member has been, so that the line
 * does not jump when one ends; and of all members always, whichever of them are shown.
 */
export function bandOf(members: readonly Points[], count: number): BandPoint[] {
  const from = Math.max(...members.map(({ xs }) => xs[0] ?? Number.POSITIVE_INFINITY));
  const to = Math.min(...members.map(({ xs }) => xs.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!(to > from)) return [];
  return Array.from({ length: count }, (_, i) => {
    const x = i === count - 1 ? to : from + ((to - from) * i) / (count - 1);
    const values = members.map((member) => interpolate(member, x));
    const [low, high] = bootstrapInterval(values, 0);
    return { x, iqm: interquartileMean(values), low, high };
  });
}
