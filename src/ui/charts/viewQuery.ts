/** How charts are looked at, as the query of a link. */
import type { ChartView } from './chartContext.ts';
import { type AxisKind, axisKinds } from './runSeries.ts';
import { maxSmoothing } from './smoothing.ts';

export function viewToQuery({ axis, smoothing, range }: ChartView): string {
  const query = new URLSearchParams({ axis, smoothing: String(smoothing) });
  if (range) query.set('range', range.join('..'));
  return query.toString();
}

/** What a query says of a view; what it does not say, or says wrongly, stays as it is. */
export function viewFromQuery(text: string, view: ChartView): ChartView {
  const query = new URLSearchParams(text);
  const axis = axisKinds.some(({ value }) => value === query.get('axis')) ? (query.get('axis') as AxisKind) : view.axis;
  const smoothing = Number(query.get('smoothing') ?? Number.NaN);
  const [from = Number.NaN, to = Number.NaN] = (query.get('range') ?? '').split('..').map(Number);
  return {
    axis,
    smoothing: smoothing >= 0 && smoothing <= maxSmoothing ? smoothing : view.smoothing,
    range: from >= 0 && to > from ? [from, to] : null,
  };
}
