/** What device "auto" measured on this machine, kept in the browser, so that the same run begins at once the next time. */
import { framesPerUpdate, intrinsicWeight } from '../config/derivedSizes.ts';
import type { Device } from '../config/devices.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { KeptMeasurements } from './KeptMeasurements.ts';

export type DeviceMeasurements = Readonly<Partial<Record<Device, number>>>;

/** To be raised when engines become faster or slower. */
const formatVersion = 1;

const devices: readonly string[] = ['webgpu', 'wasm', 'cpu'] satisfies readonly Device[];

const isMeasured = (value: unknown): value is DeviceMeasurements =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([device, ms]) => devices.includes(device) && Number.isFinite(ms) && Number(ms) > 0);

const kept = new KeptMeasurements('pronk.deviceMeasurements', isMeasured);

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
  return kept.read(storage, keyOf(h, network, browser));
}

export function keepMeasurements(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  h: Hyperparameters,
  network: NetworkSpec,
  browser: string,
  measured: DeviceMeasurements,
): void {
  kept.keep(storage, keyOf(h, network, browser), measured);
}
