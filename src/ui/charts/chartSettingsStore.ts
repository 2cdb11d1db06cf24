import { useCallback, useSyncExternalStore } from 'react';
import { remember, remembered } from '../remembered.ts';
import { Store } from '../store.ts';
import { type ChartLook, type ChartName, lookOf, settingsFromText, settingsToText } from './chartSettings.ts';

const storageKey = 'pronk.chartSettings';

/** The same for all runs, and kept from visit to visit. */
export const chartSettingsStore = new Store(settingsFromText(remembered(storageKey)));

chartSettingsStore.subscribe(() => remember(storageKey, settingsToText(chartSettingsStore.get())));

/** Renders only when the look of this one chart changes. */
export function useLook(name: ChartName): ChartLook {
  return useSyncExternalStore(
    chartSettingsStore.subscribe,
    useCallback(() => lookOf(chartSettingsStore.get(), name), [name]),
  );
}
