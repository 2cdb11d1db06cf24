/** Builds an actor from what can be posted to its worker. */
import { numEnvs as numEnvsOf } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { findEnv } from '../envs/registry.ts';
import { VectorEnv } from '../envs/vectorEnv.ts';
import { RandomStream } from '../math/randomStream.ts';
import { createInference } from '../networks/createInference.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import { Progress } from '../rollout/Progress.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { type TrainingMemory, viewRollouts } from '../rollout/trainingMemory.ts';
import { Actor, type LockstepSchedule } from './actor.ts';

export interface ActorTask {
  /** Without "automatic" values. */
  readonly hyperparameters: Hyperparameters;
  readonly memory: TrainingMemory;
  readonly actorIndex: number;
  /** This worker's number in the slot table. */
  readonly owner: number;
  /** How often this actor has been restarted; a restarted one does not repeat the episodes that its predecessor died of. */
  readonly generation: number;
}

/** Throws, with a message to show, if the env id is unknown. */
export function createActor({ hyperparameters: h, memory, actorIndex, owner, generation }: ActorTask): Actor {
  const definition = findEnv(h.env);
  const network = networkSpecFor(definition.spec, h);
  const envIndices = Array.from({ length: h.numEnvsPerActor }, (_, env) => env);
  const streamIndex = (env: number) => generation * h.numEnvsPerActor + env;
  const seeds = envIndices.map((env) => new RandomStream(h.seed, 'envSeed', actorIndex, streamIndex(env)).uint32());
  return new Actor({
    actorIndex,
    owner,
    numSteps: h.numSteps,
    rewardClipping: h.rewardClipping,
    envs: new VectorEnv(
      envIndices.map(() => definition.create()),
      seeds,
    ),
    numEnvs: h.numEnvsPerActor,
    discount: h.discount,
    actionSpace: network.actionSpace,
    distribution: distributionFor(network.actionSpace),
    layout: parameterLayout(network),
    inference: createInference(network, h.numEnvsPerActor),
    noise: envIndices.map((env) => new RandomStream(h.seed, 'actionNoise', actorIndex, streamIndex(env))),
    rollouts: viewRollouts(h, network, memory),
    slots: new SlotTable(memory.slots),
    parameters: new ParameterStore(memory.parameters),
    progress: new Progress(memory.progress),
    lockstep: h.lockstep ? lockstepSchedule(h) : null,
  });
}

export const lockstepSchedule = (h: Hyperparameters): LockstepSchedule => ({
  updatesPerRound: numEnvsOf(h) / (h.batchSize * h.numLearners),
  rolloutsPerRound: numEnvsOf(h),
});
