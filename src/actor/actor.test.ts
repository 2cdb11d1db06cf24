import { describe, expect, it } from 'vitest';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { createInference } from '../networks/createInference.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import type { Rollout } from '../rollout/rolloutSpec.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { allocateTrainingMemory, viewRollouts } from '../rollout/trainingMemory.ts';
import { versionOfRound } from './actor.ts';
import { createActor } from './createActor.ts';

const numEnvs = 3;

/** An actor with memory for two rounds, and the policy it plays. */
function setUp(changes: Partial<Hyperparameters> = {}) {
  const h = resolveAutomatic(
    hyperparametersOf('cartpole', {
      numEnvsPerActor: numEnvs,
      batchSize: numEnvs,
      numActors: 1,
      numSteps: 40,
      lastActionReward: true,
      ...changes,
    }),
    { hardwareConcurrency: 2 },
  );
  const network = networkSpecFor(findEnv(h.env).spec, h);
  const memory = allocateTrainingMemory(h, network);
  const parameters = initialParameters(network, h.initFn, h.seed);
  const store = new ParameterStore(memory.parameters);
  store.publish(parameters, 0);
  const slots = new SlotTable(memory.slots);
  const rollouts = viewRollouts(h, network, memory);
  const actor = createActor({ hyperparameters: h, memory, actorIndex: 0, owner: 1, generation: 0 });
  /** Plays a round and hands its rollouts out, in the order of their environments. */
  const playRound = (): Rollout[] => {
    actor.playRound();
    const taken = new Int32Array(numEnvs);
    if (!slots.tryTake(2, numEnvs, taken)) throw new Error('The actor filled too few slots.');
    const played = [...taken].map((slot) => copyOf(rollouts[slot]!));
    slots.release(taken, 2);
    return played;
  };
  return { h, network, parameters, store, playRound };
}

const copyOf = (rollout: Rollout): Rollout =>
  Object.fromEntries(Object.entries(rollout).map(([name, view]) => [name, view.slice()])) as unknown as Rollout;

describe('An actor', () => {
  it('begins a rollout where the last one of that environment ended', () => {
    const { playRound } = setUp();
    const [before, after] = [playRound(), playRound()];
    for (const [env, rollout] of after.entries()) {
      const T = before[env]!.reward.length;
      expect([...rollout.observation.slice(0, 4)]).toEqual([...before[env]!.observation.slice(4 * T)]);
      expect(rollout.isFirst[0]).toBe(before[env]!.isFirst[T]);
      expect(rollout.lastAction[0]).toBe(before[env]!.lastAction[T]);
      expect(rollout.lastReward[0]).toBe(before[env]!.lastReward[T]);
      expect(rollout.envIndex[0]).toBe(env);
    }
  });

  it.each([
    ['CartPole-v1', {}],
    ['CartPole-v1', { useLstm: true, hiddenDim: 8, numSteps: 60 }],
    ['MinAtar/Breakout-v1', { numSteps: 10 }],
    ['MiniGrid-Empty-5x5-v0', { numSteps: 10 }],
  ])('records what its policy gave for each observation of %s with %o', (env, changes) => {
    const { network, parameters, playRound } = setUp({ env, ...changes });
    const inference = createInference(network, 1);
    inference.parameters.set(parameters);
    inference.parametersChanged();
    const size = inference.observation.length;
    const P = inference.policyOutputs.length;
    playRound();
    for (const rollout of playRound()) {
      inference.coreState.set(rollout.coreState);
      for (let t = 0; t < rollout.reward.length; t++) {
        if (t > 0 && rollout.isFirst[t]) inference.coreState.fill(0);
        inference.observation.set(rollout.observation.slice(size * t, size * (t + 1)));
        inference.lastAction[0] = rollout.lastAction[t]!;
        inference.lastReward[0] = rollout.lastReward[t]!;
        inference.forward(1);
        inference.coreState.set(inference.nextCoreState);
        expect([...rollout.policyOutputs.slice(P * t, P * (t + 1))]).toEqual([...inference.policyOutputs]);
        expect(rollout.baseline[t]).toBe(inference.baseline[0]);
      }
    }
  });

  it('carries neither action nor reward over the border of an episode', () => {
    const { playRound } = setUp();
    const rollouts = [...playRound(), ...playRound()];
    let borders = 0;
    for (const { isFirst, lastAction, lastReward, action, reward } of rollouts) {
      for (let t = 1; t < isFirst.length; t++) {
        if (isFirst[t]) borders += 1;
        expect(lastAction[t]).toBe(isFirst[t] ? -1 : action[t - 1]);
        expect(lastReward[t]).toBe(isFirst[t] ? 0 : reward[t - 1]);
      }
    }
    expect(borders).toBeGreaterThan(2);
  });

  it('plays a whole rollout with one version of the parameters, and records which', () => {
    const { playRound, store, parameters } = setUp();
    playRound();
    for (let version = 1; version <= 7; version++) store.publish(parameters, version);
    expect(playRound().map((rollout) => rollout.policyVersion[0])).toEqual([7, 7, 7]);
  });

  it('plays other episodes after a restart than those its predecessor died of', () => {
    const first = setUp().playRound()[0]!;
    const { h, network } = setUp();
    const shared = allocateTrainingMemory(h, network);
    new ParameterStore(shared.parameters).publish(initialParameters(network, h.initFn, h.seed), 0);
    createActor({ hyperparameters: h, memory: shared, actorIndex: 0, owner: 1, generation: 1 }).playRound();
    const second = viewRollouts(h, network, shared)[0]!;
    expect([...second.observation.slice(0, 4)]).not.toEqual([...first.observation.slice(0, 4)]);
  });

  it('draws different actions in each environment and for each actor', () => {
    const { network, ...set } = setUp();
    const h = { ...set.h, numActors: 2 };
    const firstActions = [0, 1].map((actorIndex) => {
      const memory = allocateTrainingMemory(h, network);
      new ParameterStore(memory.parameters).publish(initialParameters(network, h.initFn, h.seed), 0);
      createActor({ hyperparameters: h, memory, actorIndex, owner: 1, generation: 0 }).playRound();
      return viewRollouts(h, network, memory)
        .slice(0, numEnvs)
        .map(({ action }) => action.join(''));
    });
    expect(new Set(firstActions.flat()).size).toBe(2 * numEnvs);
  });
});

describe('The lockstep schedule', () => {
  it('plays each round with what was learned of all rounds but the last', () => {
    const schedule = { updatesPerRound: 2, rolloutsPerRound: 8 };
    expect([0, 1, 2, 3].map((round) => versionOfRound(round, schedule))).toEqual([0, 0, 2, 4]);
  });
});
