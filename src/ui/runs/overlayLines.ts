/** What the overlay draws: a line for each run, or a line with its interval for each group of seeds. */
import type { StoredCurves, StoredRun } from '../../runs/RunStore.ts';
import { BucketPyramid } from '../charts/bucketPyramid.ts';
import { type BandPoint, bandOf, type CurveKind, type Points, pointsOf } from './compareCurves.ts';
import { groupBySettings, lookOfColour } from './runFacts.ts';

export interface OverlayLine {
  readonly id: string;
  readonly label: string;
  readonly colour: number;
  readonly stroke: string;
  readonly dash: string;
  readonly points: Points;
  /** The interval of a group. */
  readonly band: readonly BandPoint[];
}

/** The interval of a group as the band of a chart. */
export const intervalOf = ({ band }: OverlayLine) => band.map(({ x, low, high }) => ({ x, min: low, max: high }));

export function pyramidOf({ points: { ys } }: OverlayLine): BucketPyramid {
  const pyramid = new BucketPyramid();
  pyramid.sync({ length: ys.length, values: ys });
  return pyramid;
}

const bandPoints = 120;
const noPoints: Points = { xs: new Float64Array(0), ys: new Float64Array(0) };

const middleOf = (band: readonly BandPoint[]): Points => ({
  xs: Float64Array.from(band, ({ x }) => x),
  ys: Float64Array.from(band, ({ iqm }) => iqm),
});

export function overlayLines(
  runs: readonly StoredRun[],
  curves: ReadonlyMap<string, StoredCurves>,
  kind: CurveKind,
  isGrouped: boolean,
  smoothing: number,
): OverlayLine[] {
  const pointsOfRun = (run: StoredRun): Points[] => {
    const stored = curves.get(run.id);
    return stored ? [pointsOf(kind, run, stored, smoothing)] : [];
  };
  if (!isGrouped) {
    return runs.flatMap((run) =>
      pointsOfRun(run).map((points) => ({
        id: run.id,
        label: run.name,
        colour: run.colour,
        ...lookOfColour(run.colour),
        points,
        band: [],
      })),
    );
  }
  return groupBySettings(runs).map((members) => {
    const [first] = members as [StoredRun];
    const memberPoints = members.flatMap(pointsOfRun);
    const [own = noPoints, ...others] = memberPoints;
    const band = others.length > 0 ? bandOf(memberPoints, bandPoints) : [];
    const seeds = members.map(({ hyperparameters }) => hyperparameters.seed).join(', ');
    return {
      id: first.id,
      label: members.length > 1 ? `${first.name} and others: IQM of seeds ${seeds}, 95 % interval` : first.name,
      colour: first.colour,
      ...lookOfColour(first.colour),
      points: others.length > 0 ? middleOf(band) : own,
      band,
    };
  });
}
