/** A batch in the learner's own memory: B rollouts, time-major, copied out of the slots so that these can be filled again at once. */

import { stepColumns, stepSize } from '../algorithms/lossLayout.ts';
import { observationScale } from '../config/encoders.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { encodeLastAction } from '../networks/lastAction.ts';
import { coreStateSize, type NetworkSpec } from '../networks/networkSpec.ts';
import { ObservationInput } from '../networks/observationInput.ts';
import { type ParameterLayout, parameterLayout } from '../networks/parameterLayout.ts';
import { clipReward, normaliseReward, rewardScaleOf } from '../networks/rewardClipping.ts';
import type { Rollout } from '../rollout/rolloutSpec.ts';
import type { Normalisation } from './Normalisation.ts';

export class Batch {
  readonly T: number;
  readonly B: number;
  /** Numbers the policy gives for an action: P */
  readonly numPolicyOutputs: number;
  readonly actionSize: number;
  readonly observationSize: number;
  readonly extraSize: number;
  /** [T + 1, B, observationSize], as the network sees it: scaled, normalised */
  readonly observation: Float32Array<ArrayBuffer>;
  /** [T + 1, B, extraSize]: last action and last reward; empty where the network does not use them */
  readonly extra: Float32Array<ArrayBuffer>;
  /** [T, B, P + actionSize + 4]: what the behaviour policy gave, then the action, then `stepColumns` */
  readonly steps: Float32Array<ArrayBuffer>;
  /** [T + 1, B]: 0 where a row begins an episode, else 1 */
  readonly keep: Float32Array<ArrayBuffer>;
  /** [layers, 2, B, hidden]: recurrent state before row 0; empty without a core */
  readonly coreState: Float32Array<ArrayBuffer>;
  /** Running statistics that its rollouts are counted in, or null */
  readonly normalisation: Normalisation | null;
  readonly #h: Hyperparameters;
  readonly #network: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #input: ObservationInput;
  #rewardScale = 1;

  constructor(h: Hyperparameters, network: NetworkSpec, normalisation: Normalisation | null = null) {
    const layout = parameterLayout(network);
    const { outputSize, actionSize } = distributionFor(network.actionSpace);
    this.#h = h;
    this.#network = network;
    this.#layout = layout;
    this.#input = new ObservationInput(network, layout);
    this.normalisation = normalisation;
    this.T = h.numSteps;
    this.B = h.batchSize;
    this.numPolicyOutputs = outputSize;
    this.actionSize = actionSize;
    this.observationSize = this.#input.size;
    this.extraSize = layout.extraSize;
    const rows = (this.T + 1) * this.B;
    this.observation = new Float32Array(rows * this.observationSize);
    this.extra = new Float32Array(rows * this.extraSize);
    this.steps = new Float32Array(this.T * this.B * stepSize(outputSize, actionSize));
    this.keep = new Float32Array(rows).fill(1);
    this.coreState = new Float32Array(this.B * coreStateSize(network));
  }

  /** Call before assembling a batch, with the newest parameters: their running statistics normalise it. */
  begin(parameters: Float32Array): void {
    this.#input.refresh(parameters);
    this.#rewardScale = rewardScaleOf(parameters, this.#layout);
  }

  /** Copies one rollout into column b. Allocates nothing. */
  assemble(b: number, rollout: Rollout): void {
    const { T, B, observationSize } = this;
    for (let t = 0; t <= T; t++) {
      const row = t * B + b;
      this.#input.write(rollout.observation, t * observationSize, this.observation, row * observationSize);
      this.keep[row] = 1 - rollout.isFirst[t]!;
      if (this.extraSize > 0) this.#writeExtra(t, row, rollout);
    }
    for (let t = 0; t < T; t++) this.#writeStep(t, t * B + b, rollout);
    this.#writeCoreState(b, rollout);
    this.#countStatistics(rollout);
  }

  /** Copies B columns of a larger batch, those that `columns` lists from `at` on. Allocates nothing. */
  takeColumns(source: Batch, columns: Int32Array, at: number): void {
    const rows = this.T + 1;
    const { B } = this;
    for (let b = 0; b < B; b++) {
      const from = columns[at + b]!;
      copyColumn(source.observation, source.B, from, this.observation, B, b, rows);
      copyColumn(source.extra, source.B, from, this.extra, B, b, rows);
      copyColumn(source.steps, source.B, from, this.steps, B, b, this.T);
      copyColumn(source.keep, source.B, from, this.keep, B, b, rows);
      copyColumn(source.coreState, source.B, from, this.coreState, B, b, 2 * (this.#network.core?.layers ?? 0));
    }
  }

  #writeExtra(t: number, row: number, rollout: Rollout): void {
    const at = row * this.extraSize;
    encodeLastAction(this.#network.actionSpace, rollout.lastAction, t * this.actionSize, this.extra, at);
    this.extra[at + this.extraSize - 1] = rollout.lastReward[t]!;
  }

  #writeStep(t: number, row: number, rollout: Rollout): void {
    const { numPolicyOutputs: P, actionSize: A, steps } = this;
    const { rewardClipping, discount } = this.#h;
    const at = row * stepSize(P, A);
    const columns = at + P + A;
    const terminated = rollout.terminated[t] === 1;
    for (let p = 0; p < P; p++) steps[at + p] = rollout.policyOutputs[t * P + p]!;
    for (let i = 0; i < A; i++) steps[at + P + i] = rollout.action[t * A + i]!;
    steps[columns + stepColumns.reward] = normaliseReward(
      clipReward(rollout.reward[t]!, rewardClipping),
      this.#rewardScale,
    );
    steps[columns + stepColumns.discount] = terminated ? 0 : discount;
    steps[columns + stepColumns.cutOff] = rollout.truncated[t] === 1 && !terminated ? 1 : 0;
    steps[columns + stepColumns.finalValue] = rollout.bootstrapValue[t]!;
  }

  #writeCoreState(b: number, rollout: Rollout): void {
    const { core } = this.#network;
    if (!core) return;
    for (let part = 0; part < 2 * core.layers; part++) {
      const at = (part * this.B + b) * core.hidden;
      for (let j = 0; j < core.hidden; j++) this.coreState[at + j] = rollout.coreState[part * core.hidden + j]!;
    }
  }

  /** Every observation but row T, which is row 0 of another rollout, counts once. */
  #countStatistics(rollout: Rollout): void {
    const observations = this.normalisation?.observation;
    const returns = this.normalisation?.discountedReturn;
    const scale = observationScale(this.#network.observationSpace);
    for (let t = 0; t < this.T; t++) {
      if (observations) {
        const at = t * this.observationSize;
        for (let i = 0; i < this.observationSize; i++) observations.add(i, scale * rollout.observation[at + i]!);
        observations.countSample();
      }
      if (returns) {
        returns.add(0, rollout.discountedReturn[t]!);
        returns.countSample();
      }
    }
  }
}

/** Copies one column of [rows, B, width]; both arrays have the same rows and width. */
function copyColumn(
  source: Float32Array,
  sourceB: number,
  from: number,
  target: Float32Array,
  targetB: number,
  to: number,
  rows: number,
): void {
  if (target.length === 0) return;
  const width = target.length / (rows * targetB);
  for (let row = 0; row < rows; row++) {
    const [sourceAt, targetAt] = [(row * sourceB + from) * width, (row * targetB + to) * width];
    for (let i = 0; i < width; i++) target[targetAt + i] = source[sourceAt + i]!;
  }
}
