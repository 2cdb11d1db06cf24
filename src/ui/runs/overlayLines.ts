/** What the overlay draws: a line for each run, or a line with its interval for each group of seeds. */
import type { StoredCurves, StoredRun } from '../../runs/RunStore.ts';
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

const bandPoints = 120;

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
  return groupBySettings(runs).map(({ runs: members }) => {
    const [first] = members as [StoredRun];
    const band = bandOf(members.flatMap(pointsOfRun), bandPoints);
    const seeds = members.map(({ hyperparameters }) => hyperparameters.seed).join(', ');
    return {
      id: first.id,
      label: members.length > 1 ? `${first.name} and others: IQM of seeds ${seeds}, 95 % interval` : first.name,
      colour: first.colour,
      ...lookOfColour(first.colour),
      points: { xs: Float64Array.from(band, ({ x }) => x), ys: Float64Array.from(band, ({ iqm }) => iqm) },
      band,
    };
  });
}
