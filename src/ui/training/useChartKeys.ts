/** Keys for the charts of a run: they mean the chart under the pointer, else the one that holds the focus, else the return. */
import { chartViewStore, type RunOnShow } from '../charts/chartContext.ts';
import { type ChartName, chartNames } from '../charts/chartSettings.ts';
import { toggleLook } from '../charts/LookChips.tsx';
import { useShortcut } from '../shortcuts.ts';

export function useChartKeys(run: RunOnShow, hasCharts: boolean): void {
  const meant = () => run.fullScreen.get() ?? pointedChart() ?? 'episodeReturn';
  useShortcut(
    { key: 'f', name: 'F', does: 'Chart in full screen, and back' },
    () => run.fullScreen.set(run.fullScreen.get() ? null : meant()),
    hasCharts,
  );
  useShortcut(
    { key: 'l', name: 'L', does: 'Logarithmic y axis, and back' },
    () => toggleLook('log', meant()),
    hasCharts,
  );
  useShortcut({ key: '[', name: '[', does: 'Show from the hairline on' }, () => cutAtHairline(run, 'from'), hasCharts);
  useShortcut({ key: ']', name: ']', does: 'Show up to the hairline' }, () => cutAtHairline(run, 'to'), hasCharts);
}

function pointedChart(): ChartName | undefined {
  const figure =
    document.querySelector<HTMLElement>('[data-chart]:hover') ??
    document.activeElement?.closest<HTMLElement>('[data-chart]');
  return chartNames.find((name) => name === figure?.dataset.chart);
}

/** Nothing happens without a hairline, or where nothing would be left in sight. */
function cutAtHairline({ hairline, series }: RunOnShow, end: 'from' | 'to'): void {
  const at = hairline.get();
  if (at === null) return;
  chartViewStore.update((view) => {
    const [first, last] = view.range ?? [0, series.reached(view.axis)];
    const [from, to] = end === 'from' ? [at, last] : [first, at];
    return from < to ? { ...view, range: [from, to] } : view;
  });
}
