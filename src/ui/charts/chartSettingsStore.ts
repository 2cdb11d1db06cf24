import { useCallback, useSyncExternalStore } from 'react';
import { siteStorage } from '../../trainer/siteStorage.ts';
import { Store } from '../store.ts';
import { type ChartLook, type ChartName, lookOf, settingsFromText, settingsToText } from './chartSettings.ts';

const storageKey = 'pronk.chartSettings';

/** The same for all runs, and kept from visit to visit. */
export const chartSettingsStore = new Store(settingsFromText(siteStorage.getItem(storageKey)));

chartSettingsStore.subscribe(() => siteStorage.setItem(storageKey, settingsToText(chartSettingsStore.get())));

/** Renders only when the look of this one chart changes. */
export function useLook(name: ChartName): ChartLook {
  return useSyncExternalStore(
    chartSettingsStore.subscribe,
    useCallback(() => lookOf(chartSettingsStore.get(), name), [name]),
  );
}
