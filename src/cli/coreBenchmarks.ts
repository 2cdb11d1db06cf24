/**
 * What `npm run bench` measures without a page: environments, inference, the slot table. Bundled and run as a process for each
 * measurement: loaded module by module, calls between modules are not inlined; and with several environments in one process
 * V8 gives up on inlining their steps. Either makes some of them look many times as slow as they are.
 *
 * Usage: node coreBenchmarks.mjs NAME MILLISECONDS
 */
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { type ActionSpace, actionSize, boundAt, createArray } from '../envs/spaces.ts';
import { type EnvRollout, VectorEnv } from '../envs/vectorEnv.ts';
import { RandomStream } from '../math/randomStream.ts';
import { createInference } from '../networks/createInference.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { forwardFlops } from '../networks/parameterLayout.ts';
import { SlotTable } from '../rollout/SlotTable.ts';

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
function benchEnv(id: string, durationMs: number): { stepsPerSecond: number } {
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
  if (space.kind !== 'box') {
    const options = (i: number) => (space.kind === 'multiDiscrete' ? space.nvec[i % size]! : 2);
    return Int32Array.from({ length: rolloutLength * size }, (_, i) => random.below(options(i)));
  }
  return Float32Array.from({ length: rolloutLength * size }, (_, i) => {
    const [low, high] = [boundAt(space.low, i % size), boundAt(space.high, i % size)];
    return low + (high - low) * random.uniform();
  });
}

/** The forward pass of the CartPole preset, as an actor makes it. */
function benchInference(durationMs: number): { microsecondsPerStep: number; gigaflops: number } {
  const network = networkSpecFor(findEnv('CartPole-v1').spec, hyperparametersOf('cartpole'));
  const inference = createInference(network, numEnvs);
  inference.parameters.set(initialParameters(network, 'orthogonal', 1));
  inference.parametersChanged();
  inference.observation.fill(0.1);
  const stepsPerSecond = numEnvs * perSecond(durationMs, () => inference.forward(numEnvs));
  return { microsecondsPerStep: 1e6 / stepsPerSecond, gigaflops: (stepsPerSecond * forwardFlops(network)) / 1e9 };
}

/** A slot's way through the table, claimed, filled, taken and given back, with nobody else about. */
function benchQueue(durationMs: number): { handOversPerSecond: number } {
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

const [name = '', duration = ''] = process.argv.slice(2);
const [group, member = ''] = name.split(/\/(.*)/s);
const measure = { env: (ms: number) => benchEnv(member, ms), inference: benchInference, queue: benchQueue }[
  group ?? ''
];
if (!measure) throw new Error(`There is nothing called "${name}" to measure.`);
process.stdout.write(JSON.stringify(measure(Number(duration))));
