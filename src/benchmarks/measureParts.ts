/** Environments, inference, slot table and actor, measured apart, in the thread that calls. */
import { createActor } from '../actor/createActor.ts';
import { type BenchmarkNetwork, benchmarkHyperparameters } from '../config/benchmarkNetworks.ts';
import { numEnvs as numEnvsOf, resolveAutomatic } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { makeActionSampler } from '../envs/actionSampler.ts';
import type { EnvDefinition } from '../envs/env.ts';
import { asGym } from '../envs/gym.ts';
import { findEnv } from '../envs/registry.ts';
import { type Action, type ActionSpace, createActions, createArray } from '../envs/spaces.ts';
import { type EnvRollout, VectorEnv } from '../envs/vectorEnv.ts';
import { NumpyRandom } from '../math/numpyRandom.ts';
import { RandomStream } from '../math/randomStream.ts';
import { createInference } from '../networks/createInference.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkOf } from '../networks/networkOf.ts';
import { forwardFlops } from '../networks/parameterLayout.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { allocateTrainingMemory } from '../rollout/trainingMemory.ts';
import type { ActorFigures, EnvFigures, InferenceFigures, QueueFigures } from './benchmark.api.ts';
import { perSecond } from './repeat.ts';

/** Environments that are stepped, or observations that are computed, together. */
const numEnvs = 16;
const rolloutLength = 100;

/** Random play of one environment: as an actor steps it, many at once, and as people do, one call after the other. */
export function measureEnv(id: string, durationMs: number, now: () => number): EnvFigures {
  const definition = findEnv(id);
  return {
    stepsPerSecond: measureVectorEnv(definition, durationMs / 2, now),
    scalarStepsPerSecond: measureGymEnv(definition, durationMs / 2, now),
  };
}

function measureGymEnv(definition: EnvDefinition, durationMs: number, now: () => number): number {
  const env = asGym(definition);
  const sample = makeActionSampler(definition.spec.actionSpace, new NumpyRandom(1));
  // As many as the others get, and copies, since a vector is overwritten by the next: with one action a walker stands still.
  const actions = Array.from({ length: numEnvs * rolloutLength }, () => structuredClone(sample()));
  env.reset({ seed: 0 });
  const roundsPerSecond = perSecond(durationMs, now, () => {
    for (const action of actions) {
      const [, , terminated, truncated] = env.step(action);
      if (terminated || truncated) env.reset();
    }
  });
  return roundsPerSecond * actions.length;
}

function measureVectorEnv({ spec, create }: EnvDefinition, durationMs: number, now: () => number): number {
  const sample = makeActionSampler(spec.actionSpace, new NumpyRandom(1));
  const envs = Array.from({ length: numEnvs }, create);
  const rollouts = envs.map(
    (): EnvRollout => ({
      observation: createArray(spec.observationSpace, rolloutLength + 1),
      action: randomActions(spec.actionSpace, sample),
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
  const rolloutsPerSecond = perSecond(durationMs, now, () => {
    vectorEnv.bind(rollouts);
    for (let t = 0; t < rolloutLength; t++) vectorEnv.step(t);
  });
  return rolloutsPerSecond * numEnvs * rolloutLength;
}

function randomActions(space: ActionSpace, sample: () => Action): Int32Array | Float32Array {
  const actions = createActions(space, rolloutLength);
  for (let t = 0; t < rolloutLength; t++) {
    const action = sample();
    if (typeof action === 'number') actions[t] = action;
    else actions.set(action, t * action.length);
  }
  return actions;
}

/** The forward pass, as an actor makes it. */
export function measureInference(name: BenchmarkNetwork, durationMs: number, now: () => number): InferenceFigures {
  const h = benchmarkHyperparameters(name, {});
  const network = networkOf(h);
  const inference = createInference(network, numEnvs);
  const random = new RandomStream(1, 'measurement');
  inference.parameters.set(initialParameters(network, h.initFn, 1));
  inference.parametersChanged();
  for (let i = 0; i < inference.observation.length; i++) inference.observation[i] = random.below(2);
  const stepsPerSecond = numEnvs * perSecond(durationMs, now, () => inference.forward(numEnvs));
  return { microsecondsPerStep: 1e6 / stepsPerSecond, gflops: (stepsPerSecond * forwardFlops(network)) / 1e9 };
}

/** A slot's way through the table, with nobody else about. */
export function measureQueue(durationMs: number, now: () => number): QueueFigures {
  const [actor, learner] = [1, 2];
  const slots = new SlotTable(SlotTable.allocate(3 * numEnvs));
  const held = new Int32Array(numEnvs);
  const rounds = perSecond(durationMs, now, () => {
    slots.tryClaim(actor, numEnvs, held);
    slots.commit(held, actor);
    slots.tryTake(learner, numEnvs, held);
    slots.release(held, learner);
  });
  return { handoversPerSecond: rounds * numEnvs };
}

/** An actor that never waits: whatever it fills is given back at once. */
export function measureActor(hyperparameters: Hyperparameters, durationMs: number, now: () => number): ActorFigures {
  const alone = { ...hyperparameters, numActors: 1, numLearners: 1, numStorages: 0, lockstep: false };
  const h = resolveAutomatic(alone, { hardwareConcurrency: 1 });
  const network = networkOf(h);
  const memory = allocateTrainingMemory(h, network);
  new ParameterStore(memory.parameters).publish(initialParameters(network, h.initFn, h.seed, h.initialLogStd), 0);
  const [owner, taker] = [1, 2];
  const actor = createActor({ hyperparameters: h, memory, actorIndex: 0, owner, generation: 0 });
  const slots = new SlotTable(memory.slots);
  const held = new Int32Array(numEnvsOf(h));
  const rounds = perSecond(durationMs, now, () => {
    actor.playRound();
    slots.tryTake(taker, held.length, held);
    slots.release(held, taker);
  });
  return { framesPerSecond: rounds * held.length * h.numSteps };
}
