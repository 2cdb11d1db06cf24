/** Reads back what metricsCsv.ts writes. */
import { episodeColumnNames, learnerMetricNames } from '../metrics/metrics.ts';
import { curvesOf } from './curves.ts';
import type { StoredCurves } from './RunStore.ts';

/** Throws if a cell is no number. Columns are found by their names; those that are missing become NaN. */
export function readCurvesCsv(episodes: string, metrics: string): StoredCurves {
  const [episodeTable, metricTable] = [readTable(episodes), readTable(metrics)];
  return curvesOf([
    {
      runId: '',
      index: 0,
      episodeColumns: episodeTable.columns.length > 0 ? episodeTable.columns : episodeColumnNames,
      metricColumns: metricTable.columns.length > 0 ? metricTable.columns : learnerMetricNames,
      episodes: episodeTable.rows,
      metrics: metricTable.rows,
    },
  ]);
}

function readTable(csv: string): { columns: readonly string[]; rows: Float64Array } {
  const [header = '', ...lines] = csv.split('\n').filter((line) => line !== '');
  const columns = header === '' ? [] : header.split(',');
  const rows = new Float64Array(lines.length * columns.length);
  for (const [row, line] of lines.entries()) {
    const cells = line.split(',');
    if (cells.length !== columns.length) throw new Error(`row ${row + 1} of its curves has ${cells.length} cells`);
    for (const [i, cell] of cells.entries()) {
      const value = Number(cell);
      if (Number.isNaN(value) && cell !== 'NaN')
        throw new Error(`its curves hold "${cell.slice(0, 20)}", which is no number`);
      rows[row * columns.length + i] = value;
    }
  }
  return { columns, rows };
}
