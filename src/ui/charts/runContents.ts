/** What the charts of a run show, as figures, tables and CSV. */
import { compact, count, duration, fixed, whole } from '../format.ts';
import { fileNameOf } from '../saveFile.ts';
import { axisFormatter } from './axis.ts';
import { bucketsBetween, firstAtLeast } from './bucketPyramid.ts';
import type { ChartContent, ChartTable } from './chartContent.ts';
import type { ChartedRun, ChartView } from './chartContext.ts';
import type { FigureAxis, FigureLayer } from './figure.ts';
import { tickText } from './logScale.ts';
import { chartSpec } from './metricCharts.ts';
import type { NiceDomain } from './niceTicks.ts';
import { type AxisKind, axisKinds, type Series, type SeriesName } from './runSeries.ts';
import type { PlotDomains } from './scales.ts';
import { halfLife } from './smoothing.ts';

const xLabels: Readonly<Record<AxisKind, string>> = {
  frames: 'Env steps',
  seconds: 'Time (h:mm:ss)',
  episodes: 'Episodes',
};

/** A line in a file has as many points as the plot has pixels, at most. */
const figurePoints = 800;
const tableRows = 100;

export function returnContent(run: ChartedRun, runName: string, view: ChartView, domains: PlotDomains): ChartContent {
  const { axis, smoothing } = view;
  const [returns, average] = [run.series.returns(axis), run.series.smoothed(axis)];
  const evaluations = run.series.record.evaluations.map((evaluation) => ({
    x: run.series.xOfEvaluation(evaluation, axis),
    mean: evaluation.iqm,
    min: evaluation.iqmCi95[0],
    max: evaluation.iqmCi95[1],
    count: evaluation.episodes,
  }));
  const threshold = run.env.rewardThreshold;
  const [first, end] = rowsIn(returns, domains.x);
  const layers: (FigureLayer | false)[] = [
    {
      kind: 'dots',
      name: 'episode',
      xs: returns.xs.subarray(first, end),
      ys: run.series.record.episodes.episodeReturn.values.subarray(first, end),
      colour: 's1',
    },
    threshold !== null && { kind: 'level', name: `solved at ${threshold}`, value: threshold },
    {
      kind: 'line',
      name: smoothing === 0 ? 'return' : `moving average, half-life ${whole(halfLife(smoothing))} episodes`,
      points: bucketsIn(average, domains.x, figurePoints),
      colour: 's1',
      width: 2.4,
    },
    evaluations.length > 0 && {
      kind: 'intervals',
      name: 'evaluation: IQM, 95 % interval',
      points: evaluations,
      colour: 's2',
    },
  ];
  return {
    ...headOf(run, runName, 'Episode return'),
    figure: {
      ...headOf(run, runName, 'Episode return'),
      width: 960,
      height: 540,
      x: xAxisOf(axis, domains.x),
      y: yAxisOf('Episode return (reward)', domains.y),
      layers: layers.filter((layer) => layer !== false),
    },
    tables: () => [
      returnTable(axis, domains.x, returns, average),
      {
        caption: count(evaluations.length, 'evaluation'),
        columns: [xLabels[axis], 'IQM', '95 % interval, from', 'to', 'Episodes'],
        rows: evaluations
          .filter(({ x }) => x >= domains.x.from && x <= domains.x.to)
          .map(({ x, mean, min, max, count: episodes }) => [
            xText(axis, x),
            fixed(mean, 1),
            fixed(min, 1),
            fixed(max, 1),
            whole(episodes),
          ]),
      },
    ],
    csv: () =>
      csvOf(
        { ...xColumns((kind) => run.series.returns(kind)), episodeReturn: returns, movingAverage: average },
        rowsIn(returns, domains.x),
      ),
  };
}

export function metricContent(
  run: ChartedRun,
  runName: string,
  name: SeriesName,
  { axis }: ChartView,
  domains: PlotDomains,
): ChartContent {
  const series = run.series.metric(name, axis);
  const { label, unit, level } = chartSpec(name, run);
  const points = bucketsIn(series, domains.x, figurePoints);
  const layers: (FigureLayer | false)[] = [
    { kind: 'band', name: 'from minimum to maximum', points, colour: 's1' },
    level !== null && { kind: 'level', name: name === 'gradNorm' ? `clipped at ${level}` : '', value: level },
    { kind: 'line', name: 'mean', points, colour: 's1', width: 1.5 },
  ];
  return {
    ...headOf(run, runName, label),
    figure: {
      ...headOf(run, runName, label),
      width: 640,
      height: 400,
      x: xAxisOf(axis, domains.x),
      y: yAxisOf(unit ? `${label} (${unit})` : label, domains.y),
      layers: layers.filter((layer) => layer !== false),
    },
    tables: () => [metricTable(axis, domains.x, series)],
    csv: () =>
      csvOf({ ...xColumns((kind) => run.series.metric(name, kind)), [name]: series }, rowsIn(series, domains.x)),
  };
}

const headOf = ({ hyperparameters: h }: ChartedRun, runName: string, title: string) => ({
  title,
  subtitle: `${runName} · ${h.env} · seed ${h.seed}`,
  stem: fileNameOf(`${runName}-${title}`),
});

const xAxisOf = (axis: AxisKind, domain: NiceDomain): FigureAxis => ({
  domain,
  label: xLabels[axis],
  tickText: (tick) => axisFormatter(axis)(tick, domain.step),
});

const yAxisOf = (label: string, domain: NiceDomain): FigureAxis => ({
  domain,
  label,
  tickText: (tick) => tickText(domain, tick),
});

const bucketsIn = ({ pyramid, xs }: Series, { from, to }: NiceDomain, most: number) =>
  bucketsBetween(pyramid, xs, from, to, most);

/** The rows between the ends of an axis: the first, and the one after the last. */
function rowsIn({ pyramid, xs }: Series, { from, to }: NiceDomain): readonly [number, number] {
  const end = firstAtLeast(xs, pyramid.length, to);
  return [firstAtLeast(xs, pyramid.length, from), xs[end] === to && end < pyramid.length ? end + 1 : end];
}

const xText = (axis: AxisKind, x: number): string => (axis === 'seconds' ? duration(x) : whole(x));

function metricTable(axis: AxisKind, x: NiceDomain, series: Series): ChartTable {
  const [first, end] = rowsIn(series, x);
  const buckets = bucketsIn(series, x, tableRows);
  const caption = captionOf(end - first, 'value');
  if (buckets.every(({ count: values }) => values === 1)) {
    const rows = buckets.map((bucket) => [xText(axis, bucket.x), compact(bucket.mean)]);
    return { caption, columns: [xLabels[axis], 'Value'], rows };
  }
  return {
    caption,
    columns: [xLabels[axis], 'Mean', 'Minimum', 'Maximum', 'Values'],
    rows: buckets.map((bucket) => [
      xText(axis, bucket.x),
      compact(bucket.mean),
      compact(bucket.min),
      compact(bucket.max),
      whole(bucket.count),
    ]),
  };
}

/** Both series have the same x, so their buckets are the same episodes. */
function returnTable(axis: AxisKind, x: NiceDomain, returns: Series, average: Series): ChartTable {
  const [first, end] = rowsIn(returns, x);
  const averages = bucketsIn(average, x, tableRows);
  return {
    caption: captionOf(end - first, 'episode'),
    columns: [xLabels[axis], 'Moving average', 'Smallest return', 'Largest return', 'Episodes'],
    rows: bucketsIn(returns, x, tableRows).map((bucket, i) => [
      xText(axis, bucket.x),
      fixed(averages[i]?.mean ?? Number.NaN, 1),
      compact(bucket.min),
      compact(bucket.max),
      whole(bucket.count),
    ]),
  };
}

const captionOf = (numRows: number, noun: string): string =>
  numRows <= tableRows
    ? `${count(numRows, noun)} in this view`
    : `${count(numRows, noun)} in this view, of which each row sums up several. The CSV file holds every one.`;

/** The x of every row on each axis, as columns. */
const xColumns = (on: (axis: AxisKind) => Series): Record<string, Column> =>
  Object.fromEntries(axisKinds.map(({ value }) => [value, on(value).xs]));

type Column = Series | Float64Array;

const cellOf = (column: Column, row: number): number =>
  column instanceof Float64Array ? column[row]! : column.pyramid.valueAt(row);

/** Numbers have as many digits as they need to be read back the same. */
function csvOf(columns: Readonly<Record<string, Column>>, [first, end]: readonly [number, number]): string {
  const lines = [Object.keys(columns).join(',')];
  const ordered = Object.values(columns);
  for (let row = first; row < end; row++) lines.push(ordered.map((column) => cellOf(column, row)).join(','));
  return `${lines.join('\n')}\n`;
}
