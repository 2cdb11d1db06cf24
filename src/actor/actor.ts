/**
 * An actor: E environments, the behaviour policy μ, and nothing else. It fills storage slots with rollouts for as long as it is
 * given free ones. Threads are not its business: memory, environments and random numbers come as arguments, so the same code
 * also runs in one thread with the learner.
 */
import type { VectorEnv } from '../envs/vectorEnv.ts';
import type { RandomStream } from '../math/randomStream.ts';
import { sampleCategorical } from '../networks/categorical.ts';
import type { PolicyInference } from '../networks/policyInference.ts';
import { clipReward, type RewardClipping } from '../networks/rewardClipping.ts';
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
  readonly envs: VectorEnv;
  readonly numEnvs: number;
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
  readonly #observationSize: number;
  readonly #numActions: number;
  /** Last action and reward of each environment, kept here since its rollout may belong to the learner when the next one begins. */
  readonly #carriedAction: Int32Array;
  readonly #carriedReward: Float32Array;
  #round = 0;

  constructor(parts: ActorParts) {
    const { numEnvs, rollouts, numSteps } = parts;
    const [any] = rollouts as [Rollout];
    this.#parts = parts;
    this.#claimed = new Int32Array(numEnvs);
    this.#carriedAction = new Int32Array(numEnvs).fill(-1);
    this.#carriedReward = new Float32Array(numEnvs);
    this.#current = Array.from({ length: numEnvs }, () => any);
    this.#observationSize = any.observation.length / (numSteps + 1);
    this.#numActions = any.policyOutputs.length / numSteps;
  }

  /** Fills slots until the table is closed. The thread sleeps where there is nothing to do. */
  run(): void {
    while (this.playRound()) {}
  }

  /** One rollout of each environment. False once there is nothing more to play. */
  playRound(): boolean {
    const { slots, parameters, inference, progress, lockstep, owner, numEnvs } = this.#parts;
    progress.sleepWhilePaused();
    // Before claiming: an actor that held slots while it waits here could starve one that is a round behind.
    if (lockstep && !parameters.waitFor(versionOfRound(this.#round, lockstep))) return false;
    if (!slots.claim(owner, numEnvs, this.#claimed)) return false;
    const version = parameters.read(inference.parameters);
    progress.countStartedRollout(this.#parts.actorIndex);
    this.#fill(version);
    for (let env = 0; env < numEnvs; env++) {
      const slot = this.#claimed[env]!;
      if (lockstep) slots.commitAs(slot, owner, this.#ticketOf(env, lockstep));
      else slots.commit(slot, owner);
    }
    progress.countFilledRollouts(this.#parts.actorIndex, numEnvs);
    this.#round += 1;
    return true;
  }

  #ticketOf(env: number, schedule: LockstepSchedule): number {
    const { actorIndex, numEnvs } = this.#parts;
    return this.#round * schedule.rolloutsPerRound + actorIndex * numEnvs + env;
  }

  #fill(version: number): void {
    const { numEnvs, numSteps, envs, progress, actorIndex, rollouts } = this.#parts;
    for (let env = 0; env < numEnvs; env++) this.#begin(env, rollouts[this.#claimed[env]!]!, version);
    envs.bind(this.#current);
    for (let t = 0; t < numSteps; t++) {
      this.#act(t);
      envs.step(t);
      this.#recordOutcome(t);
      this.#bootstrapTruncated(t);
      progress.countStep(actorIndex);
    }
    for (let env = 0; env < numEnvs; env++) {
      this.#carriedAction[env] = this.#current[env]!.lastAction[numSteps]!;
      this.#carriedReward[env] = this.#current[env]!.lastReward[numSteps]!;
    }
  }

  /** Opens an environment's next rollout: its row 0 is row T of the one before. */
  #begin(env: number, rollout: Rollout, version: number): void {
    rollout.lastAction[0] = this.#carriedAction[env]!;
    rollout.lastReward[0] = this.#carriedReward[env]!;
    rollout.policyVersion[0] = version;
    rollout.actorIndex[0] = this.#parts.actorIndex;
    rollout.envIndex[0] = env;
    this.#current[env] = rollout;
  }

  /** Draws an action for every environment from the policy at its row t. */
  #act(t: number): void {
    const { inference, numEnvs, noise } = this.#parts;
    const numActions = this.#numActions;
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      this.#writeInput(
        env,
        rollout.observation,
        t * this.#observationSize,
        rollout.lastAction[t]!,
        rollout.lastReward[t]!,
      );
    }
    inference.forward(numEnvs);
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      for (let a = 0; a < numActions; a++) {
        rollout.policyOutputs[t * numActions + a] = inference.policyOutputs[env * numActions + a]!;
      }
      rollout.baseline[t] = inference.baseline[env]!;
      rollout.action[t] = sampleCategorical(
        inference.policyOutputs,
        env * numActions,
        numActions,
        noise[env]!.uniform(),
      );
    }
  }

  /** What the network sees next of this step; nothing is carried over the border of an episode. */
  #recordOutcome(t: number): void {
    const { numEnvs, rewardClipping } = this.#parts;
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      const begins = rollout.isFirst[t + 1] === 1;
      rollout.lastAction[t + 1] = begins ? -1 : rollout.action[t]!;
      rollout.lastReward[t + 1] = begins ? 0 : clipReward(rollout.reward[t]!, rewardClipping);
      rollout.bootstrapValue[t] = 0;
    }
  }

  /** Where a time limit cut an episode off, asks the policy what its own last observation was worth. */
  #bootstrapTruncated(t: number): void {
    const { inference, envs, numEnvs, rewardClipping } = this.#parts;
    let rows = 0;
    for (let env = 0; env < numEnvs; env++) {
      const rollout = this.#current[env]!;
      if (!isCutOff(rollout, t)) continue;
      const reward = clipReward(rollout.reward[t]!, rewardClipping);
      this.#writeInput(rows++, envs.finalObservation, env * this.#observationSize, rollout.action[t]!, reward);
    }
    if (rows === 0) return;
    inference.forward(rows);
    for (let env = numEnvs - 1; env >= 0; env--) {
      const rollout = this.#current[env]!;
      if (isCutOff(rollout, t)) rollout.bootstrapValue[t] = inference.baseline[--rows]!;
    }
  }

  #writeInput(row: number, source: ArrayLike<number>, at: number, lastAction: number, lastReward: number): void {
    const { inference } = this.#parts;
    const size = this.#observationSize;
    for (let i = 0; i < size; i++) inference.observation[row * size + i] = source[at + i]!;
    inference.lastAction[row] = lastAction;
    inference.lastReward[row] = lastReward;
  }
}

/** Truncated and not terminated: only such a step bootstraps from the episode's own last observation. */
const isCutOff = (rollout: Rollout, t: number): boolean => rollout.truncated[t] === 1 && rollout.terminated[t] === 0;
