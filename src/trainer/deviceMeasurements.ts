/** What device "auto" measured on this machine, kept in the browser, so that the same run begins at once the next time. */
import { framesPerUpdate, intrinsicWeight } from '../config/derivedSizes.ts';
import type { Device } from '../config/devices.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';

export type DeviceMeasurements = Readonly<Partial<Record<Device, number>>>;

const storageKey = 'pronk.deviceMeasurements';

/** To be raised when engines become faster or slower. */
const formatVersion = 1;

/** Older ones are forgotten. */
const maxEntries = 50;

const devices: readonly string[] = ['webgpu', 'wasm', 'cpu'] satisfies readonly Device[];

/** What decides how long an update takes: browser, network, shape of a batch, and what is done with it. */
const keyOf = (h: Hyperparameters, network: NetworkSpec, browser: string): string =>
  JSON.stringify([
    formatVersion,
    browser,
    network,
    h.numSteps,
    framesPerUpdate(h),
    h.algorithm,
    h.numEpochs,
    h.numMinibatches,
    intrinsicWeight(h) > 0,
  ]);

/** Milliseconds per update of each engine, or null if this was not measured on this machine yet. */
export function readMeasurements(
  storage: Pick<Storage, 'getItem'>,
  h: Hyperparameters,
  network: NetworkSpec,
  browser: string,
): DeviceMeasurements | null {
  return readAll(storage).find(([key]) => key === keyOf(h, network, browser))?.[1] ?? null;
}

export function keepMeasurements(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  h: Hyperparameters,
  network: NetworkSpec,
  browser: string,
  measured: DeviceMeasurements,
): void {
  const key = keyOf(h, network, browser);
  const others = readAll(storage).filter(([other]) => other !== key);
  try {
    storage.setItem(storageKey, JSON.stringify([...others, [key, measured]].slice(-maxEntries)));
  } catch {
    // A full or forbidden storage costs a measurement the next time, nothing more.
  }
}

type Entry = readonly [key: string, measured: DeviceMeasurements];

function readAll(storage: Pick<Storage, 'getItem'>): Entry[] {
  try {
    const entries: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return []; // Somebody else's text, or storage that is forbidden.
  }
}

const isEntry = (entry: unknown): entry is Entry =>
  Array.isArray(entry) &&
  typeof entry[0] === 'string' &&
  typeof entry[1] === 'object' &&
  entry[1] !== null &&
  Object.entries(entry[1]).every(([device, ms]) => devices.includes(device) && Number.isFinite(ms) && Number(ms) > 0);
