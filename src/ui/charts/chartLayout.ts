/** What people do to the small charts: add, hide, move, put back. */
import { announce } from '../notices.ts';
import { showToast } from '../toasts.ts';
import { moved } from './chartSettings.ts';
import { chartSettingsStore } from './chartSettingsStore.ts';
import { type SeriesName, seriesSpec } from './runSeries.ts';

const undoMs = 10_000;

const show = (shown: readonly SeriesName[]): void => chartSettingsStore.update((settings) => ({ ...settings, shown }));

export function addChart(name: SeriesName): void {
  show([...chartSettingsStore.get().shown, name]);
  announce(`${seriesSpec(name).label} was added at the end.`);
}

export function hideChart(name: SeriesName): void {
  const before = chartSettingsStore.get().shown;
  const at = before.indexOf(name);
  show(before.filter((other) => other !== name));
  showToast({
    text: `${seriesSpec(name).label} is hidden`,
    action: 'Undo',
    lastsMs: undoMs,
    onAction: () => show(moved([...chartSettingsStore.get().shown, name], name, at)),
  });
  focusMenuOf(before[at + 1] ?? before[at - 1]);
}

/** Puts a chart at a place among those shown, from 0. */
export function moveChart(name: SeriesName, to: number): void {
  const shown = moved(chartSettingsStore.get().shown, name, to);
  show(shown);
  announce(`${seriesSpec(name).label} is chart ${shown.indexOf(name) + 1} of ${shown.length} now.`);
  focusMenuOf(name);
}

/** A chart that was taken to another place, or away, has lost the focus of its menu. */
function focusMenuOf(name: SeriesName | undefined): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-chart="${name}"] [data-menu]`)?.focus());
}
