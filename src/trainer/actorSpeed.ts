/**
 * How many env steps a second the actors of a configuration make on this machine: environment and inference, without a learner. It
 * takes about a second in workers of its own, and is kept in the browser.
 */
import type { BenchmarkApi } from '../benchmarks/benchmark.api.ts';
import BenchmarkWorker from '../benchmarks/benchmark.worker.ts?worker';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { networkOf } from '../networks/networkOf.ts';
import { type SpawnedWorker, spawnWorker } from '../threads/spawnWorker.ts';
import { KeptMeasurements } from './KeptMeasurements.ts';
import { siteStorage } from './siteStorage.ts';

/** To be raised when environments or inference become faster or slower. */
const formatVersion = 1;

const measuredMs = 600;
/** A configuration that has not shown its speed by then is told to be very slow. */
const deadlineMs = 10_000;
/** Rollouts and groups of environments beyond these change the speed of a step little, and the time to measure it much. */
const [longestRollout, mostEnvs] = [20, 32];

const kept = new KeptMeasurements(
  'pronk.actorSpeeds',
  (value): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0,
);

/** More actors than the machine has threads play no faster together. */
const numMeasuredActors = (h: Hyperparameters, hardwareConcurrency: number): number =>
  Math.min(h.numActors, hardwareConcurrency);

/** What decides it. `h` without "automatic" values; its encoder must fit the environment. */
export const actorSpeedKey = (h: Hyperparameters, browser: string, hardwareConcurrency: number): string =>
  JSON.stringify([
    formatVersion,
    browser,
    h.env,
    networkOf(h),
    numMeasuredActors(h, hardwareConcurrency),
    Math.min(h.numEnvsPerActor, mostEnvs),
    Math.min(h.numSteps, longestRollout),
  ]);

/** What one thread spends on an env step, with the policy's choice of the action, where all actors together make so many a second. */
export const microsecondsPerStep = (h: Hyperparameters, hardwareConcurrency: number, stepsPerSecond: number): number =>
  (1e6 * numMeasuredActors(h, hardwareConcurrency)) / stepsPerSecond;

export const readActorSpeed = (storage: Pick<Storage, 'getItem'>, key: string): number | null =>
  kept.read(storage, key);

/**
 * Env steps a second of all actors together; kept under the key. Rejects, with a sentence to show, when the signal ends it or it
 * takes too long.
 */
export async function measureActorSpeed(h: Hyperparameters, key: string, signal: AbortSignal): Promise<number> {
  const workers: SpawnedWorker<BenchmarkApi>[] = [];
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The measurement was ended.')), { once: true });
    deadline = setTimeout(() => reject(new Error('Its steps take too long to be timed in a second.')), deadlineMs);
  });
  try {
    const stepsPerSecond = await Promise.race([ended, measureTogether(h, workers, signal)]);
    kept.keep(siteStorage, key, stepsPerSecond);
    return stepsPerSecond;
  } finally {
    clearTimeout(deadline);
    ended.catch(() => {}); // It may still be ended by the signal.
    for (const worker of workers) worker.terminate();
  }
}

/** As many actors at once as will play at once: they share caches, memory and the clock rate of the processor. */
async function measureTogether(
  h: Hyperparameters,
  workers: SpawnedWorker<BenchmarkApi>[],
  signal: AbortSignal,
): Promise<number> {
  for (let actor = 0; actor < numMeasuredActors(h, navigator.hardwareConcurrency); actor++) {
    const worker = await spawnWorker<BenchmarkApi>(BenchmarkWorker, 'measurement');
    workers.push(worker);
    if (signal.aborted) worker.terminate();
  }
  const task: Hyperparameters = {
    ...h,
    numSteps: Math.min(h.numSteps, longestRollout),
    numEnvsPerActor: Math.min(h.numEnvsPerActor, mostEnvs),
    initFn: 'xavier_uniform', // The values do not matter, and orthogonal ones of a large network alone take seconds.
  };
  const figures = await Promise.all(workers.map(({ api, orDeath }) => orDeath(api.actor(task, measuredMs))));
  return figures.reduce((sum, { framesPerSecond }) => sum + framesPerSecond, 0);
}
