/** A batch in the learner's own memory: B rollouts, time-major, copied out of the slots so that these can be filled again at once. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { policyOutputSize, sizeOf } from '../envs/spaces.ts';
import { extraInputSize, lastActionSize, type NetworkSpec } from '../networks/networkSpec.ts';
import { clipReward } from '../networks/rewardClipping.ts';
import type { Rollout } from '../rollout/rolloutSpec.ts';
import { stepColumns, stepSize } from './vtrace.ts';

export class Batch {
  readonly T: number;
  readonly B: number;
  readonly numActions: number;
  readonly observationSize: number;
  readonly extraSize: number;
  /** [T + 1, B, observationSize] */
  readonly observation: Float32Array<ArrayBuffer>;
  /** [T + 1, B, extraSize]: last action, one-hot, and last reward; empty where the network does not use them */
  readonly extra: Float32Array<ArrayBuffer>;
  /** [T, B, P + 5]: behaviour policy's logits, then `stepColumns` */
  readonly steps: Float32Array<ArrayBuffer>;
  readonly #h: Hyperparameters;
  readonly #lastActionSize: number;

  constructor(h: Hyperparameters, network: NetworkSpec) {
    this.#h = h;
    this.T = h.numSteps;
    this.B = h.batchSize;
    this.numActions = policyOutputSize(network.actionSpace);
    this.observationSize = sizeOf(network.observationSpace);
    this.extraSize = extraInputSize(network);
    this.#lastActionSize = lastActionSize(network);
    const rows = (this.T + 1) * this.B;
    this.observation = new Float32Array(rows * this.observationSize);
    this.extra = new Float32Array(rows * this.extraSize);
    this.steps = new Float32Array(this.T * this.B * stepSize(this.numActions));
  }

  /** Copies one rollout into column b. Allocates nothing. */
  assemble(b: number, rollout: Rollout): void {
    const { T, B, observationSize } = this;
    for (let t = 0; t <= T; t++) {
      const at = (t * B + b) * observationSize;
      for (let i = 0; i < observationSize; i++)
        this.observation[at + i] = rollout.observation[t * observationSize + i]!;
      if (this.extraSize > 0) this.#writeExtra(t, b, rollout);
    }
    for (let t = 0; t < T; t++) this.#writeStep(t, b, rollout);
  }

  #writeExtra(t: number, b: number, rollout: Rollout): void {
    const at = (t * this.B + b) * this.extraSize;
    const action = rollout.lastAction[t]!;
    for (let a = 0; a < this.#lastActionSize; a++) this.extra[at + a] = a === action ? 1 : 0;
    this.extra[at + this.#lastActionSize] = rollout.lastReward[t]!;
  }

  #writeStep(t: number, b: number, rollout: Rollout): void {
    const P = this.numActions;
    const at = (t * this.B + b) * stepSize(P);
    const terminated = rollout.terminated[t] === 1;
    for (let a = 0; a < P; a++) this.steps[at + a] = rollout.policyOutputs[t * P + a]!;
    this.steps[at + P + stepColumns.action] = rollout.action[t]!;
    this.steps[at + P + stepColumns.reward] = clipReward(rollout.reward[t]!, this.#h.rewardClipping);
    this.steps[at + P + stepColumns.discount] = terminated ? 0 : this.#h.discount;
    this.steps[at + P + stepColumns.cutOff] = rollout.truncated[t] === 1 && !terminated ? 1 : 0;
    this.steps[at + P + stepColumns.finalValue] = rollout.bootstrapValue[t]!;
  }
}
