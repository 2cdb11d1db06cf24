/** Curves between the columns of a record and the chunks they are stored in. */
import { type EpisodeColumn, episodeColumnNames, type LearnerMetric, learnerMetricNames } from '../metrics/metrics.ts';
import type { Column } from '../trainer/run.ts';
import type { CurveChunk } from './database.ts';
import { rowsOf, type StoredCurves, type StoredRows } from './RunStore.ts';

/** What was recorded since `stored`, as a chunk. */
export function chunkOf(curves: StoredCurves, stored: StoredRows, runId: string): CurveChunk {
  return {
    runId,
    index: stored.episodes + stored.metrics,
    episodeColumns: episodeColumnNames,
    metricColumns: learnerMetricNames,
    episodes: toRows(curves.episodes, episodeColumnNames, stored.episodes),
    metrics: toRows(curves.metrics, learnerMetricNames, stored.metrics),
  };
}

/** Of all the rows, as chunks hold them. */
export function bytesOf(curves: StoredCurves): number {
  const { episodes, metrics } = rowsOf(curves);
  return (episodes * episodeColumnNames.length + metrics * learnerMetricNames.length) * Float64Array.BYTES_PER_ELEMENT;
}

/** Puts chunks together, in their order. A column that a chunk does not know is NaN there. */
export function curvesOf(chunks: readonly CurveChunk[]): StoredCurves {
  return {
    episodes: toColumns<EpisodeColumn>(
      episodeColumnNames,
      chunks.map(({ episodes, episodeColumns }) => ({ rows: episodes, columns: episodeColumns })),
    ),
    metrics: toColumns<LearnerMetric>(
      learnerMetricNames,
      chunks.map(({ metrics, metricColumns }) => ({ rows: metrics, columns: metricColumns })),
    ),
  };
}

/** [rows from `first` on, names], flat */
function toRows<Name extends string>(
  columns: Readonly<Record<Name, Column>>,
  names: readonly Name[],
  first: number,
): Float64Array {
  const length = Math.min(...names.map((name) => columns[name].length));
  const rows = new Float64Array(Math.max(0, length - first) * names.length);
  for (const [i, name] of names.entries()) {
    const { values } = columns[name];
    for (let row = first; row < length; row++) rows[(row - first) * names.length + i] = values[row]!;
  }
  return rows;
}

function toColumns<Name extends string>(
  names: readonly Name[],
  parts: readonly { readonly rows: Float64Array; readonly columns: readonly string[] }[],
): Record<Name, Column> {
  const lengths = parts.map(({ rows, columns }) => rows.length / columns.length);
  const length = lengths.reduce((sum, rows) => sum + rows, 0);
  const column = (name: Name): Column => {
    const values = new Float64Array(length).fill(Number.NaN);
    let at = 0;
    for (const [part, { rows, columns }] of parts.entries()) {
      const i = columns.indexOf(name);
      for (let row = 0; row < lengths[part]!; row++, at++) {
        if (i >= 0) values[at] = rows[row * columns.length + i]!;
      }
    }
    return { length, values };
  };
  return Object.fromEntries(names.map((name) => [name, column(name)])) as Record<Name, Column>;
}

const sparkPoints = 60;

/** Means of at most 60 equal stretches of a column. */
export function sparkOf({ length, values }: Column): number[] {
  const points = Math.min(sparkPoints, length);
  return Array.from({ length: points }, (_, i) => {
    const [from, to] = [Math.floor((i * length) / points), Math.floor(((i + 1) * length) / points)];
    let sum = 0;
    for (let row = from; row < to; row++) sum += values[row]!;
    return sum / (to - from);
  });
}
