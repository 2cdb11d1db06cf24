/**
 * What `npm run bench` measures. Each measurement wants a process of its own: with several environments in one, V8 gives up on
 * inlining their steps, and all but the first look ten times as slow as they are.
 */
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { type ActionSpace, actionSize, boundAt, createArray } from '../envs/spaces.ts';
import { type EnvRollout, VectorEnv } from '../envs/vectorEnv.ts';
import { RandomStream } from '../math/randomStream.ts';
import { initialParameters } from '../networks/initialise.ts';
import { forwardFlops, networkSpecFor } from '../networks/networkSpec.ts';
import { MlpInference } from '../networks/policyInference.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { followRun } from './followRun.ts';
import { TrainingPage } from './TrainingPage.ts';

/** Environments that are stepped, or observations that are computed, together. */
const numEnvs = 16;
const rolloutLength = 100;
const warmUpMs = 200;

/** Repetitions per second of a piece of work, once the engine has compiled it. */
function perSecond(durationMs: number, work: () => void): number {
  repeatFor(warmUpMs, work);
  const { count, elapsedMs } = repeatFor(durationMs, work);
  return (1000 * count) / elapsedMs;
}

function repeatFor(durationMs: number, work: () => void): { count: number; elapsedMs: number } {
  const start = performance.now();
  let count = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs) {
    work();
    count += 1;
    elapsedMs = performance.now() - start;
  }
  return { count, elapsedMs };
}

/** Random play of one environment, as an actor steps it. */
export function benchEnv(id: string, durationMs: number): { stepsPerSecond: number } {
  const { spec, create } = findEnv(id);
  const random = new RandomStream(1, 'measurement');
  const envs = Array.from({ length: numEnvs }, create);
  const rollouts = envs.map(
    (): EnvRollout => ({
      observation: createArray(spec.observationSpace, rolloutLength + 1),
      action: randomActions(spec.actionSpace, random),
      reward: new Float32Array(rolloutLength),
      terminated: new Uint8Array(rolloutLength),
      truncated: new Uint8Array(rolloutLength),
      isFirst: new Uint8Array(rolloutLength + 1),
      episodeReturn: new Float32Array(rolloutLength),
      episodeLength: new Int32Array(rolloutLength),
    }),
  );
  const vectorEnv = new VectorEnv(
    envs,
    envs.map((_, e) => e),
  );
  const rolloutsPerSecond = perSecond(durationMs, () => {
    vectorEnv.bind(rollouts);
    for (let t = 0; t < rolloutLength; t++) vectorEnv.step(t);
  });
  return { stepsPerSecond: rolloutsPerSecond * numEnvs * rolloutLength };
}

function randomActions(space: ActionSpace, random: RandomStream): Int32Array | Float32Array {
  if (space.kind === 'discrete') return Int32Array.from({ length: rolloutLength }, () => random.below(space.n));
  const size = actionSize(space);
  return Float32Array.from({ length: rolloutLength * size }, (_, i) => {
    const [low, high] = [boundAt(space.low, i % size), boundAt(space.high, i % size)];
    return low + (high - low) * random.uniform();
  });
}

/** The forward pass of the CartPole preset, as an actor makes it. */
export function benchInference(durationMs: number): { microsecondsPerStep: number; gigaflops: number } {
  const network = networkSpecFor(findEnv('CartPole-v1').spec, hyperparametersOf('cartpole'));
  const inference = new MlpInference(network, numEnvs);
  inference.parameters.set(initialParameters(network, 'orthogonal', 1));
  inference.observation.fill(0.1);
  const stepsPerSecond = numEnvs * perSecond(durationMs, () => inference.forward(numEnvs));
  return { microsecondsPerStep: 1e6 / stepsPerSecond, gigaflops: (stepsPerSecond * forwardFlops(network)) / 1e9 };
}

/** A slot's way through the table, claimed, filled, taken and given back, with nobody else about. */
export function benchQueue(durationMs: number): { handOversPerSecond: number } {
  const [actor, learner] = [1, 2];
  const slots = new SlotTable(SlotTable.allocate(3 * numEnvs));
  const held = new Int32Array(numEnvs);
  const rounds = perSecond(durationMs, () => {
    slots.tryClaim(actor, numEnvs, held);
    for (const slot of held) slots.commit(slot, actor);
    slots.tryTake(learner, numEnvs, held);
    for (const slot of held) slots.release(slot, learner);
  });
  return { handOversPerSecond: rounds * numEnvs };
}

/** Updates of 160 env steps on one device, while the actors play beside it: the median over the run. */
export async function benchLearner(device: string, isQuick: boolean): Promise<{ updateMs: number; waitMs: number }> {
  const { metrics } = await trainCartPole(device, isQuick ? 16_000 : 64_000);
  return { updateMs: median(columnOf(metrics, 'updateMs')), waitMs: median(columnOf(metrics, 'waitMs')) };
}

/** The CartPole preset from start to end on WebAssembly. */
export async function benchEndToEnd(
  isQuick: boolean,
): Promise<{ framesPerSecond: number; finalReturn: number | null }> {
  const { summary } = await trainCartPole('wasm', isQuick ? 60_000 : 300_000);
  return { framesPerSecond: summary.framesPerSecond, finalReturn: summary.evaluation?.mean ?? null };
}

async function trainCartPole(device: string, numTrainSteps: number) {
  const page = await TrainingPage.open({ isHeaded: false });
  try {
    const preset = hyperparametersOf('cartpole');
    await page.start({ ...preset, device: device as typeof preset.device, numTrainSteps, evalInterval: 0 }, null);
    const { state, summary } = await followRun(page, () => {});
    if (summary === null) throw new Error(state.status === 'failed' ? state.reason : 'The run did not end.');
    return { summary, metrics: (await page.records()).metrics };
  } finally {
    await page.close();
  }
}

function columnOf(csv: string, name: string): number[] {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  const index = header.split(',').indexOf(name);
  return rows.map((row) => Number(row.split(',')[index]));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
