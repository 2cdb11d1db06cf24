import { type BenchmarkNetwork, benchmarkHyperparameters } from '../config/benchmarkNetworks.ts';
import { framesPerUpdate } from '../config/derivedSizes.ts';
import type { Device } from '../config/devices.ts';
import { createEngine, syntheticBatch } from '../learner/createEngine.ts';
import { dispatchesPerUpdate, measureUpdates } from '../learner/measureUpdates.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { LearnerFigures } from './benchmark.api.ts';

const warmUpUpdates = 20;

/** Updates of one synthetic batch on one device. */
export async function measureLearner(
  device: Device,
  name: BenchmarkNetwork,
  batchSize: number,
  durationMs: number,
  now: () => number,
): Promise<LearnerFigures> {
  const h = benchmarkHyperparameters(name, { device, batchSize });
  const network = networkOf(h);
  const parameters = initialParameters(network, h.initFn, h.seed, h.initialLogStd);
  const { engine } = await createEngine(h, network, parameters, now);
  const batch = syntheticBatch(h, network);
  const extent = { warmUpUpdates, updates: Number.POSITIVE_INFINITY, maxMs: durationMs };
  const { msPerUpdate, jsMsPerUpdate } = await measureUpdates(engine, batch, extent, now);
  const dispatches = await dispatchesPerUpdate(engine, batch);
  return { msPerUpdate, framesPerSecond: (1000 * framesPerUpdate(h)) / msPerUpdate, dispatches, jsMsPerUpdate };
}
