/** How each chart is drawn, and which of the small ones are shown in which order. */
import { type SeriesName, seriesNames } from './runSeries.ts';

export type ChartName = 'episodeReturn' | SeriesName;

export const chartNames: readonly ChartName[] = ['episodeReturn', ...seriesNames];

export interface ChartSettings {
  /** The small charts, in their order. */
  readonly shown: readonly SeriesName[];
  /** Those whose y axis is logarithmic. */
  readonly log: readonly ChartName[];
  /** Those whose y axis leaves outliers out. */
  readonly robust: readonly ChartName[];
}

/** Losses, off-policy correction, and where the time goes. */
export const defaultCharts: readonly SeriesName[] = [
  'policyLoss',
  'baselineLoss',
  'entropy',
  'importanceWeight',
  'gradNorm',
  'learningRate',
  'framesPerSecond',
  'policyLag',
  'queue',
];

export const defaultSettings: ChartSettings = { shown: defaultCharts, log: [], robust: [] };

/** How the y axis of one chart is drawn. */
export interface ChartLook {
  readonly isLog: boolean;
  readonly isRobust: boolean;
}

export const plainLook: ChartLook = { isLog: false, isRobust: false };

/** One object for each look, so that looks can be compared by identity. */
const looks: readonly ChartLook[] = [
  plainLook,
  { isLog: true, isRobust: false },
  { isLog: false, isRobust: true },
  { isLog: true, isRobust: true },
];

export const lookOf = ({ log, robust }: ChartSettings, name: ChartName): ChartLook =>
  looks[(log.includes(name) ? 1 : 0) + (robust.includes(name) ? 2 : 0)]!;

/** With the name where it was missing, without it where it was there. */
export const toggled = <T>(names: readonly T[], name: T): readonly T[] =>
  names.includes(name) ? names.filter((other) => other !== name) : [...names, name];

/** Puts a chart where another one is; the others make room. */
export function moved(shown: readonly SeriesName[], name: SeriesName, to: number): readonly SeriesName[] {
  const others = shown.filter((other) => other !== name);
  return others.toSpliced(Math.max(0, Math.min(others.length, to)), 0, name);
}

export const settingsToText = ({ shown, log, robust }: ChartSettings): string =>
  [shown, log, robust].map((names) => names.join(',')).join(' ');

/** Names that are not known, such as those of a later version, are left out; without a text, the charts are the default ones. */
export function settingsFromText(text: string | null): ChartSettings {
  if (text === null) return defaultSettings;
  const [shown, log, robust] = text.split(' ').map((part) => [...new Set(part.split(','))]);
  return {
    shown: seriesNames
      .filter((name) => shown?.includes(name))
      .toSorted((a, b) => shown!.indexOf(a) - shown!.indexOf(b)),
    log: chartNames.filter((name) => log?.includes(name)),
    robust: chartNames.filter((name) => robust?.includes(name)),
  };
}
