/** What a run recorded as comma-separated values (RFC 4180), one column for each metric, for a spreadsheet or pandas. */
import { type EpisodeColumn, episodeColumnNames, type LearnerMetric, learnerMetricNames } from '../metrics/metrics.ts';

/** The first `length` of `values`; the rest is room. */
interface Column {
  readonly length: number;
  readonly values: ArrayLike<number>;
}

/** One row of learner metrics for each `logInterval` updates. */
export const metricsCsv = (record: { readonly metrics: Readonly<Record<LearnerMetric, Column>> }): string =>
  toCsv(learnerMetricNames, record.metrics);

/** One row for each finished episode. */
export const episodesCsv = (record: { readonly episodes: Readonly<Record<EpisodeColumn, Column>> }): string =>
  toCsv(episodeColumnNames, record.episodes);

/** Numbers are written with as many digits as they need to be read back the same. */
function toCsv<Name extends string>(names: readonly Name[], columns: Readonly<Record<Name, Column>>): string {
  const ordered = names.map((name) => columns[name]);
  const numRows = Math.min(...ordered.map((column) => column.length));
  const lines = [names.join(',')];
  for (let row = 0; row < numRows; row++) lines.push(ordered.map(({ values }) => values[row]).join(','));
  return `${lines.join('\n')}\n`;
}
