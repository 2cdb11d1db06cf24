import type { Batch } from './Batch.ts';
import { countGpuDispatches, countKernels } from './countDispatches.ts';
import type { LearnerEngine } from './LearnerEngine.ts';

export interface UpdateTimes {
  /** Median, until the result has been read back */
  readonly msPerUpdate: number;
  /** Median until `update` returns its promise: what JavaScript takes to hand the work to the engine, or to do it */
  readonly jsMsPerUpdate: number;
}

interface Extent {
  readonly warmUpUpdates: number;
  readonly updates: number;
  /** Warming up and measuring each end early once they took this long, but not before one update (warming up, not before what the engine compiles is compiled). */
  readonly maxMs: number;
}

/** Times updates of one batch, learning nothing: their learning rate is 0. */
export async function measureUpdates(
  engine: LearnerEngine,
  batch: Batch,
  { warmUpUpdates, updates, maxMs }: Extent,
  now: () => number,
): Promise<UpdateTimes> {
  const fewest = engine.backend.compile ? 3 : 1; // One is recorded, and the next one compiled.
  await timeUpdates(engine, batch, { updates: warmUpUpdates, fewest, maxMs }, now);
  const times = await timeUpdates(engine, batch, { updates, fewest: 1, maxMs }, now);
  return {
    msPerUpdate: median(times.map(({ total }) => total)),
    jsMsPerUpdate: median(times.map(({ js }) => js)),
  };
}

/** Compute dispatches of one update on webgpu; on wasm and cpu, kernels that TensorFlow.js calls. */
export async function dispatchesPerUpdate(engine: LearnerEngine, batch: Batch): Promise<number> {
  const update = async () => {
    await engine.update(batch, 0);
  };
  if (engine.backend.name === 'webgpu') return countGpuDispatches(update);
  return (await countKernels(update)) + engine.numRecordedKernels;
}

async function timeUpdates(
  engine: LearnerEngine,
  batch: Batch,
  { updates, fewest, maxMs }: { readonly updates: number; readonly fewest: number; readonly maxMs: number },
  now: () => number,
) {
  const times: { js: number; total: number }[] = [];
  const begin = now();
  while (times.length < updates && (times.length < fewest || now() - begin < maxMs)) {
    const start = now();
    const result = engine.update(batch, 0);
    const js = now() - start;
    await result;
    times.push({ js, total: now() - start });
  }
  return times;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
