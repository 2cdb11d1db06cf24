/** A chart as plain data: what `drawFigure` draws, without knowing runs or pages. */
import type { Bucket } from './bucketPyramid.ts';
import type { NiceDomain } from './niceTicks.ts';

/** Colours that mean something; see palette.ts. */
export type SeriesColour = 's1' | 's2' | 's3' | 's4' | 's5' | 's6';

export interface FigureAxis {
  readonly domain: NiceDomain;
  /** With its unit. */
  readonly label: string;
  readonly tickText: (tick: number) => string;
}

/** Drawn in their order, and named in the legend unless the name is empty. */
export type FigureLayer = { readonly name: string } & (
  | ({ readonly kind: 'line'; readonly points: readonly LinePoint[]; readonly colour: SeriesColour } & LineLook)
  | { readonly kind: 'band'; readonly points: readonly BandPoint[]; readonly colour: SeriesColour }
  | {
      readonly kind: 'dots';
      readonly xs: ArrayLike<number>;
      readonly ys: ArrayLike<number>;
      readonly colour: SeriesColour;
    }
  | { readonly kind: 'intervals'; readonly points: readonly IntervalPoint[]; readonly colour: SeriesColour }
  | { readonly kind: 'level'; readonly value: number }
);

export type LinePoint = Pick<Bucket, 'x' | 'mean'>;
export type BandPoint = Pick<Bucket, 'x' | 'min' | 'max'>;
export type IntervalPoint = Pick<Bucket, 'x' | 'min' | 'mean' | 'max'>;

interface LineLook {
  readonly width: number;
  /** As `stroke-dasharray` has it. */
  readonly dash?: string;
  /** Whether a dot stands on each point. */
  readonly hasDots?: boolean;
}

export interface Figure {
  readonly title: string;
  /** Of which run, or how it was made. */
  readonly subtitle: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  readonly layers: readonly FigureLayer[];
}
