/**
 * An actor: E environments, the behaviour policy μ, and nothing else. It fills storage slots with rollouts for as long as it is
 * given free ones. Threads are not its business: memory, environments and random numbers come as arguments, so the same code
 * also runs in one thread with the learner.
 */

import type { ActionDistribution } from '../distributions/distribution.ts';
import { type ActionSpace, createActions, type ObservationArray } from '../envs/spaces.ts';
import type { VectorEnv } from '../envs/vectorEnv.ts';
import type { RandomStream } from '../math/randomStream.ts';
import { writeNoAction } from '../networks/lastAction.ts';
import type { ParameterLayout } from '../networks/parameterLayout.ts';
import type { PolicyInference } from '../networks/policyInference.ts';
import { clipReward, normaliseReward, type RewardClipping, rewardScaleOf } from '../networks/rewardClipping.ts';
import type { ParameterStore } from '../rollout/ParameterStore.ts';
import type { Progress } from '../rollout/Progress.ts';
import type { Rollout } from '../rollout/rolloutSpec.ts';
import type { SlotTable } from '../rollout/SlotTable.ts';

export interface ActorParts {
  readonly actorIndex: number;
  /** This worker's number in the slot table. */
  readonly owner: number;
  readonly numSteps: number;
  readonly rewardClipping: RewardClipping;
  readonly discount: number;
  readonly envs: VectorEnv;
  readonly numEnvs: number;
  readonly actionSpace: ActionSpace;
  readonly distribution: ActionDistribution;
  readonly layout: ParameterLayout;
  readonly inference: PolicyInference;
  /** One stream of action noise for each environment. */
  readonly noise: readonly RandomStream[];
  readonly rollouts: readonly Rollout[];
  readonly slots: SlotTable;
  readonly parameters: ParameterStore;
  readonly progress: Progress;
  /** Null when asynchronous. */
  readonly lockstep: LockstepSchedule | null;
}

/** Which parameters a round is played with, and where its rollouts stand in the order of batches. */
export interface LockstepSchedule {
  readonly updatesPerRound: number;
  /** Rollouts of all actors in one round. */
  readonly rolloutsPerRound: number;
}

/** Version that round k is played with: what the learner made of the rounds before the last, so that the lag is one round. */
export const versionOfRound = (round: number, schedule: LockstepSchedule): number =>
  Math.max(0, round - 1) * schedule.updatesPerRound;

export class Actor {
  readonly #parts: ActorParts;
  readonly #claimed: Int32Array;
  /** The rollouts being filled, one for each environment, in their order. */
  readonly #current: Rollout[];
  /** Observations of each slot, [T + 1, words], and of the rollouts being filled. */
  readonly #observations: readonly Words[];
  readonly #currentObservation: Words[];
  readonly #finalObservation: Words;
  readonly #inferenceObservation: Words;
  /** Words of one observation. */
  readonly #observationWords: number;
  readonly #stateSize: number;
  /** Row T of each environment, kept here since its rollout may belong to the learner when the next one begins: [E, actionSize], [E], [E, state]. */
  readonly #lastAction: Int32Array | Float32Array;
  readonly #lastReward: Float32Array;
  readonly #coreState: Float32Array;
  /** Discounted return of the episode under way, [E]. */
  readonly #discountedReturn: Float64Array;
  /** Of the parameters that the policy has. */
  #version = -1;
  #rewardScale = 1;
  #round = 0;

  constructor(parts: ActorParts) {
    const { numEnvs, rollouts, numSteps, actionSpace } = parts;
    const [any] = rollouts as [Rollout];
    this.#parts = parts;
    this.#claimed = new Int32Array(numEnvs);
    this.#current = Array.from({ length: numEnvs }, () => any);
    const observationSize = any.observation.length / (numSteps + 1);
    this.#observations = rollouts.map(({ observation }) => wordsOf(observation, observationSize));
    this.#currentObservation = this.#current.map(() => this.#observations[0]!);
    this.#finalObservation = wordsOf(parts.envs.finalObservation, observationSize);
    this.#inferenceObservation = wordsOf(parts.inference.observation, observationSize);
    this.#observationWords = this.#observations[0]!.length / (numSteps + 1);
    this.#stateSize = any.coreState.length;
    this.#lastAction = createActions(actionSpace, numEnvs);
    writeNoAction(actionSpace, this.#lastAction, 0, this.#lastAction.length);
    this.#lastReward = new Float32Array(numEnvs);
    this.#coreState = new Float32Array(numEnvs * this.#stateSize);
    this.#discountedReturn = new Float64Array(numEnvs);
  }

  /** Fills slots until the table is closed. The thread sleeps where there is nothing to do. */
  run(): void {
    while (this.playRound()) {}
  }

  /** One rollout of each environment. False once there is nothing more to play. */
  playRound(): boolean {
    const { slots, parameters, progress, lockstep, owner, numEnvs } = this.#parts;
    progress.sleepWhilePaused();
    // Before claiming: an actor that held slots while it waits here could starve one that is a round behind.
    if (lockstep && !parameters.waitFor(versionOfRound(this.#round, lockstep))) return false;
    if (!slots.claim(owner, numEnvs, this.#claimed)) return false;
    if (parameters.version !== this.#version) this.#adoptParameters();
    progress.countStartedRollout(this.#parts.actorIndex);
    this.#fill();
    if (lockstep) slots.commitAs(this.#claimed, owner, this.#firstTicket(lockstep));
    else slots.commit(this.#claimed, owner);
    progress.countFilledRollouts(this.#parts.actorIndex, numEnvs);
    this.#round += 1;
    return true;
  }

  #adoptParameters(): void {
    const { parameters, inference, layout } = this.#parts;
    this.#version = parameters.read(inference.parameters);
    inference.parametersChanged();
    this.#rewardScale = rewardScaleOf(inference.parameters, layout);
  }

  /** Of this round's rollouts; those of its other environments follow it. */
  #firstTicket(schedule: LockstepSchedule): number {
    const { actorIndex, numEnvs } = this.#parts;
    return this.#round * schedule.rolloutsPerRound + actorIndex * numEnvs;
  }

  #fill(): void {
    const { numEnvs, numSteps, envs, progress, actorIndex } = this.#parts;
    for (let env = 0; env < numEnvs; env++) this.#begin(env, this.#claimed[env]!);
    envs.bind(this.#current);
    for (let t = 0; t < numSteps; t++) {
      this.#act(t);
      envs.step(t);
      this.#recordOutcome(t);
      this.#bootstrapTruncated(t);
      this.#resetCoreState(t);
      progress.countStep(actorIndex);
    }
    for (let env = 0; env < numEnvs; env++) this.#keepLastRow(env);
  }

  /** Opens an environment's next rollout: its row 0 is row T of the one before. */
  #begin(env: number, slot: number): void {
    const rollout = this.#parts.rollouts[slot]!;
    const { actionSize } = this.#parts.distribution;
    for (let i = 0; i < actionSize; i++) rollout.lastAction[i] = this.#lastAction[env * actionSize + i]!;
    rollout.lastReward[0] = this.#lastReward[env]!;
    const size = this.#stateSize;
    for (let i = 0; i < size; i++) rollout.coreState[i] = this.#coreState[env * size + i]!;
    rollout.policyVersion[0] = this.#version;
    rollout.actorIndex[0] = this.#parts.actorIndex;
    rollout.envIndex[0] = env;
    this.#current[env] = rollout;
    this.#currentObservation[env] = this.#observations[slot]!;
  }

  #keepLastRow(env: number): void {
    const { numSteps, distribution } = this.#parts;
    const { actionSize } = distribution;
    const { lastAction, lastReward } = this.#current[env]!;
    for (let i = 0; i < actionSize; i++)
      this.#lastAction[env * actionSize + i] = lastAction[numSteps * actionSize + i]!;
    this.#lastReward[env] = lastReward[numSteps]!;
  }

  /** Draws an action for every environment from the policy at its row t. */
  #act(t: number): void {
    const { inference, numEnvs, noise, distribution } = this.#parts;
    const { outputSize, actionSize } = distribution;
    for (let env = 0; env < numEnvs; env++) {
      const { lastAction, lastReward } = this.#current[env]!;
      const observation = this.#currentObservation[env]!;
      this.#writeInput(env, env, observation, t, lastAction, t * actionSize, lastReward[t]!);
    }
    inference.forward(numEnvs);
    if (this.#stateSize > 0) this.#coreState.set(inference.nextCoreState);
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      for (let p = 0; p < outputSize; p++) {
        rollout.policyOutputs[t * outputSize + p] = inference.policyOutputs[env * outputSize + p]!;
      }
      rollout.baseline[t] = inference.baseline[env]!;
      distribution.sample(inference.policyOutputs, env * outputSize, noise[env]!, rollout.action, t * actionSize);
    }
  }

  /** What the network sees next of this step; nothing but the observation is carried over the border of an episode. */
  #recordOutcome(t: number): void {
    const { numEnvs, rewardClipping, distribution, actionSpace, discount } = this.#parts;
    const { actionSize } = distribution;
    const next = (t + 1) * actionSize;
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      const reward = clipReward(rollout.reward[t]!, rewardClipping);
      const begins = rollout.isFirst[t + 1] === 1;
      this.#discountedReturn[env] = discount * this.#discountedReturn[env]! + reward;
      rollout.discountedReturn[t] = this.#discountedReturn[env]!;
      rollout.bootstrapValue[t] = 0;
      if (begins) {
        writeNoAction(actionSpace, rollout.lastAction, next, actionSize);
        rollout.lastReward[t + 1] = 0;
        this.#discountedReturn[env] = 0;
      } else {
        for (let i = 0; i < actionSize; i++) rollout.lastAction[next + i] = rollout.action[t * actionSize + i]!;
        rollout.lastReward[t + 1] = normaliseReward(reward, this.#rewardScale);
      }
    }
  }

  /** Where a time limit cut an episode off, asks the policy what its own last observation was worth. */
  #bootstrapTruncated(t: number): void {
    const { inference, numEnvs, rewardClipping, distribution } = this.#parts;
    let rows = 0;
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      if (!isCutOff(rollout, t)) continue;
      const reward = normaliseReward(clipReward(rollout.reward[t]!, rewardClipping), this.#rewardScale);
      const at = t * distribution.actionSize;
      this.#writeInput(rows++, env, this.#finalObservation, env, rollout.action, at, reward);
    }
    if (rows === 0) return;
    inference.forward(rows);
    for (let env = numEnvs - 1; env >= 0; env--) {
      const rollout = this.#current[env]!;
      if (isCutOff(rollout, t)) rollout.bootstrapValue[t] = inference.baseline[--rows]!;
    }
  }

  /** Where an episode begins, the recurrent state is zero. After the bootstrap, which still needs the old one. */
  #resetCoreState(t: number): void {
    const size = this.#stateSize;
    if (size === 0) return;
    for (let env = 0; env < this.#current.length; env++) {
      if (this.#current[env]!.isFirst[t + 1] === 1) this.#coreState.fill(0, env * size, (env + 1) * size);
    }
  }

  /** Fills row `row` of the policy's inputs for environment `env`, with row `observationRow` of `observation`. */
  #writeInput(
    row: number,
    env: number,
    observation: Words,
    observationRow: number,
    lastAction: ArrayLike<number>,
    lastActionAt: number,
    lastReward: number,
  ): void {
    const { inference, distribution } = this.#parts;
    const { actionSize } = distribution;
    const words = this.#observationWords;
    const [from, to] = [observationRow * words, row * words];
    for (let i = 0; i < words; i++) this.#inferenceObservation[to + i] = observation[from + i]!;
    for (let i = 0; i < actionSize; i++) inference.lastAction[row * actionSize + i] = lastAction[lastActionAt + i]!;
    inference.lastReward[row] = lastReward;
    const states = this.#stateSize;
    for (let i = 0; i < states; i++) inference.coreState[row * states + i] = this.#coreState[env * states + i]!;
  }
}

type Words = ObservationArray | Int32Array;

/** The same memory for copying whole observations: bytes go four at a time where they can. */
const wordsOf = (observations: ObservationArray, observationSize: number): Words =>
  observations instanceof Uint8Array && observationSize % 4 === 0
    ? new Int32Array(observations.buffer, observations.byteOffset, observations.length / 4)
    : observations;

/** Truncated and not terminated: only such a step bootstraps from the episode's own last observation. */
const isCutOff = (rollout: Rollout, t: number): boolean => rollout.truncated[t] === 1 && rollout.terminated[t] === 0;
