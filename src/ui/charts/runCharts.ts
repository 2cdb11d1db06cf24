/** All charts of a run as the Train view shows them, over the whole run, without a page that shows them. */
import type { ChartContent } from './chartContent.ts';
import type { ChartedRun, ChartView } from './chartContext.ts';
import { type ChartName, type ChartSettings, lookOf } from './chartSettings.ts';
import { metricDomains, returnDomains } from './domains.ts';
import { metricContent, returnContent } from './runContents.ts';

/** The return first, then the small charts in their order. */
export function runCharts(
  run: ChartedRun,
  runName: string,
  { axis, smoothing }: Pick<ChartView, 'axis' | 'smoothing'>,
  settings: ChartSettings,
): ChartContent[] {
  const view: ChartView = { axis, smoothing, range: null };
  const lookFor = (name: ChartName) => lookOf(settings, name);
  run.series.sync(smoothing);
  return [
    returnContent(run, runName, view, returnDomains(run, view, lookFor('episodeReturn'), null)),
    ...settings.shown.map((name) =>
      metricContent(run, runName, name, view, metricDomains(name)(run, view, lookFor(name), null)),
    ),
  ];
}
