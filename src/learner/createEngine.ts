/** Opens the engine a task asks for; with "auto", the fastest of those this browser has. */

import { stepColumns, stepSize } from '../algorithms/lossLayout.ts';
import type { Device } from '../config/devices.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { RandomStream } from '../math/randomStream.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { Batch } from './Batch.ts';
import { closeBackend, openBackend } from './backends.ts';
import { LearnerEngine } from './LearnerEngine.ts';
import type { EngineReport } from './learner.api.ts';
import { measureUpdates } from './measureUpdates.ts';

/** The last is tried only if none of the others can be had: plain JavaScript is tens of times slower than WebAssembly, and one update of a large network takes it minutes. */
const devices: readonly Device[] = ['webgpu', 'wasm', 'cpu'];
/** A few updates: what a run waits for before it begins. */
const extent = { warmUpUpdates: 3, updates: 5, maxMs: 2000 };

export interface OpenedEngine {
  readonly engine: LearnerEngine;
  readonly report: EngineReport;
}

type Measured = Readonly<Partial<Record<Device, number>>>;

/**
 * Throws, with a sentence to show, if the device cannot be had.
 * @param known what "auto" measured before, or null
 */
export async function createEngine(
  h: Hyperparameters,
  network: NetworkSpec,
  parameters: Float32Array,
  now: () => number,
  known: Measured | null = null,
): Promise<OpenedEngine> {
  if (h.device !== 'auto') {
    const backend = await openBackend(h.device);
    return {
      engine: new LearnerEngine(backend, h, network, parameters),
      report: {
        device: h.device,
        description: backend.description,
        reason: `You asked for it.${backend.isSoftware ? ' It is a GPU made of software, and slow.' : ''}`,
        measured: {},
      },
    };
  }
  return (known && (await openKnown(known, h, network, parameters))) ?? openFastest(h, network, parameters, now);
}

/** The engine that was fastest before; null if it cannot be had any more. */
async function openKnown(
  known: Measured,
  h: Hyperparameters,
  network: NetworkSpec,
  parameters: Float32Array,
): Promise<OpenedEngine | null> {
  const fastest = fastestOf(known);
  if (!fastest) return null;
  try {
    const backend = await openBackend(fastest);
    if (backend.isSoftware) return null; // The GPU that was measured is gone.
    const reason = `Fastest of those measured before on this machine (${comparisonOf(known)} per update).`;
    return {
      engine: new LearnerEngine(backend, h, network, parameters),
      report: { device: fastest, description: backend.description, reason, measured: known },
    };
  } catch {
    return null; // Measuring anew finds out what there is now.
  }
}

async function openFastest(
  h: Hyperparameters,
  network: NetworkSpec,
  parameters: Float32Array,
  now: () => number,
): Promise<OpenedEngine> {
  const { measured, refusals } = await measureDevices(h, network, parameters, now);
  const fastest = fastestOf(measured);
  if (!fastest) throw new Error(`No engine could be started: ${refusals.join(' ')}`);
  const backend = await openBackend(fastest);
  return {
    engine: new LearnerEngine(backend, h, network, parameters),
    report: {
      device: fastest,
      description: backend.description,
      reason: [`Fastest of those measured (${comparisonOf(measured)} per update).`, ...refusals].join(' '),
      measured,
    },
  };
}

const measuredDevices = (measured: Measured): Device[] => devices.filter((device) => measured[device] !== undefined);

const fastestOf = (measured: Measured): Device | undefined =>
  measuredDevices(measured).sort((a, b) => measured[a]! - measured[b]!)[0];

const comparisonOf = (measured: Measured): string =>
  measuredDevices(measured)
    .map((device) => `${device} ${measured[device]!.toFixed(1)} ms`)
    .join(', ');

async function measureDevices(
  h: Hyperparameters,
  network: NetworkSpec,
  parameters: Float32Array,
  now: () => number,
): Promise<{ measured: Partial<Record<Device, number>>; refusals: string[] }> {
  const measured: Partial<Record<Device, number>> = {};
  const refusals: string[] = [];
  const batch = syntheticBatch(h, network);
  for (const device of devices) {
    if (device === devices.at(-1) && fastestOf(measured)) break;
    try {
      const backend = await openBackend(device);
      if (backend.isSoftware) {
        refusals.push(`${device} is left out, since the adapter (${backend.description}) is made of software.`);
      } else {
        const engine = new LearnerEngine(backend, h, network, parameters);
        measured[device] = (await measureUpdates(engine, batch, extent, now)).msPerUpdate;
        engine.dispose();
      }
      closeBackend(backend);
    } catch (error) {
      refusals.push((error as Error).message);
    }
  }
  return { measured, refusals };
}

/** A batch of the run's own shape, of random observations and actions. */
export function syntheticBatch(h: Hyperparameters, network: NetworkSpec): Batch {
  const batch = new Batch(h, network);
  const random = new RandomStream(h.seed, 'measurement');
  const distribution = distributionFor(network.actionSpace);
  const { numPolicyOutputs: P, actionSize: A } = batch;
  const K = stepSize(P, A);
  for (let i = 0; i < batch.observation.length; i++) batch.observation[i] = random.normal();
  for (let i = 0; i < batch.T * batch.B; i++) {
    distribution.sample(batch.steps, i * K, random, batch.steps, i * K + P);
    batch.steps[i * K + P + A + stepColumns.reward] = 1;
    batch.steps[i * K + P + A + stepColumns.discount] = h.discount;
  }
  return batch;
}
