/**
 * Random network distillation (Burda et al. 2018): a predictor learns what a fixed random network says of an observation; its error is
 * large where an agent has rarely been, and is the intrinsic reward of a step that leads there. Divided by the running root mean
 * square of errors, so that its scale does not depend on the networks.
 */
import {
  add,
  concat,
  keep,
  mean,
  mul,
  type Scalar,
  slice,
  square,
  squaredDifference,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { stepColumns, stepSize } from '../algorithms/lossLayout.ts';
import { intrinsicWeight } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { RandomStream } from '../math/randomStream.ts';
import { distilledSpecs } from '../networks/distillation.ts';
import { initialEncoder } from '../networks/initialise.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { type EncoderLayout, encoderLayout } from '../networks/parameterLayout.ts';
import { encode, flatGradient, sliceBlocks, Weights } from './actorCriticGraph.ts';
import type { Batch } from './Batch.ts';
import { optimizerStepOf } from './operations.ts';
import { stepRates } from './optimizerStep.ts';

/** Of the predictor's optimiser, Adam. */
const adam = { optimizer: 'adam', maxGradNorm: 0, eps: 1e-8, momentum: 0.9, decay: 0.999 } as const;

/** What one batch gives: tensors that the caller's tidy owns. */
export interface Distillation {
  /** [T·B, P + actionSize + 4]: the steps with the intrinsic reward in theirs */
  readonly steps: Tensor2D;
  /** [predictor parameters], mean over the batch */
  readonly gradient: Tensor1D;
  /** [2]: Σ of errors and of their squares over all steps */
  readonly errorSums: Tensor1D;
}

export class RandomNetworkDistillation {
  readonly #h: Hyperparameters;
  readonly #targetLayout: EncoderLayout;
  readonly #predictorLayout: EncoderLayout;
  readonly #target: Tensor1D;
  /** [3P]: the predictor's parameters, m, v */
  #state: Tensor1D;
  #updates = 0;
  #errors = 0;
  #sumOfSquares = 0;
  #meanReward = 0;

  constructor(h: Hyperparameters, network: NetworkSpec) {
    const { target: targetSpec, predictor: predictorSpec } = distilledSpecs(network, h);
    this.#h = h;
    this.#targetLayout = encoderLayout(targetSpec);
    this.#predictorLayout = encoderLayout(predictorSpec);
    this.#target = keep(
      tensor1d(initialEncoder(targetSpec, 'orthogonal', new RandomStream(h.seed, 'distillation', 0))),
    );
    const state = new Float32Array(3 * this.size);
    state.set(initialEncoder(predictorSpec, 'orthogonal', new RandomStream(h.seed, 'distillation', 1)));
    this.#state = keep(tensor1d(state));
  }

  /** Parameters of the predictor. */
  get size(): number {
    return this.#predictorLayout.trainableSize;
  }

  /** Mean intrinsic reward per step of the last batch, weighted as it was added. */
  get meanReward(): number {
    return this.#meanReward;
  }

  /** @param observation as the policy's encoder sees it, rows [T + 1, B] */
  distil(batch: Batch, observation: Tensor): Distillation {
    const target = encode(observation, this.#weights(this.#target, this.#targetLayout), this.#targetLayout);
    const parameters = slice(this.#state, [0], [this.size]);
    let kept: Tensor1D | undefined;
    const gradient = flatGradient(parameters, this.#predictorLayout, (weights) => {
      const errors = mean(
        squaredDifference(encode(observation, weights, this.#predictorLayout), target),
        1,
      ) as Tensor1D;
      kept = keep(errors.clone());
      return mean(errors);
    });
    const errors = this.#errorsOfSteps(batch, kept!);
    kept!.dispose();
    return { steps: this.#addReward(batch, errors), gradient, errorSums: errorSumsOf(errors) };
  }

  /** Makes the predictor's own optimiser step, with the gradient of all learners. */
  step(gradient: Tensor1D): void {
    this.#updates += 1;
    const rates = tensor1d(stepRates(adam, this.#h.intrinsicLr, this.#updates));
    const squaredNorm = sum(square(gradient)) as Scalar;
    const state = optimizerStepOf(this.#state, gradient, squaredNorm, rates, { ...adam, size: this.size });
    this.#state.dispose();
    this.#state = keep(state);
  }

  /** Takes the sums of a batch, of all learners, once they are read. The next batch is normalised by them. */
  count([sumOfErrors, sumOfSquares]: ArrayLike<number> & Iterable<number>, steps: number): void {
    this.#meanReward = (sumOfErrors! * this.#scale()) / steps;
    this.#errors += steps;
    this.#sumOfSquares += sumOfSquares!;
  }

  /** [3P + 2]: the predictor's parameters and moments, the number of errors so far, Σ of their squares. */
  async exportState(): Promise<Float32Array<ArrayBuffer>> {
    const values = (await this.#state.data()) as Float32Array;
    const state = new Float32Array(values.length + 2);
    state.set(values);
    state.set([this.#errors, this.#sumOfSquares], values.length);
    return state;
  }

  /** Throws, with a sentence to show, if it is of another size. */
  importState(state: Float32Array, steps: number): void {
    if (state.length !== 3 * this.size + 2) {
      throw new Error('The state to resume from is of another distillation than these settings describe.');
    }
    this.#state.dispose();
    this.#state = keep(tensor1d(state.slice(0, 3 * this.size)));
    [this.#errors, this.#sumOfSquares] = state.subarray(3 * this.size) as unknown as [number, number];
    this.#updates = steps;
  }

  dispose(): void {
    this.#target.dispose();
    this.#state.dispose();
  }

  #weights(parameters: Tensor1D, layout: EncoderLayout): Weights {
    return new Weights(layout, sliceBlocks(parameters, layout));
  }

  /** The error of the observation that each step led to; 0 where that is of another episode. [T·B] */
  #errorsOfSteps({ T, B, keep: keepRows }: Batch, errors: Tensor1D): Tensor1D {
    const arrived = slice(errors, [B], [T * B]);
    return mul(arrived, tensor1d(keepRows.subarray(B))) as Tensor1D;
  }

  #addReward(batch: Batch, errors: Tensor1D): Tensor2D {
    const { T, B, numPolicyOutputs: P, actionSize: A } = batch;
    const K = stepSize(P, A);
    const rewardColumn = new Float32Array(K);
    rewardColumn[P + A + stepColumns.reward] = this.#scale();
    const steps = tensor2d(batch.steps, [T * B, K]);
    const extrinsic = this.#h.pretraining ? mul(steps, withoutReward(K, P + A + stepColumns.reward)) : steps;
    return add(extrinsic, mul(errors.reshape([T * B, 1]), tensor2d(rewardColumn, [1, K]))) as Tensor2D;
  }

  #scale(): number {
    const meanSquare = this.#errors > 0 ? this.#sumOfSquares / this.#errors : 0;
    return meanSquare > 0 ? intrinsicWeight(this.#h) / Math.sqrt(meanSquare) : 0;
  }
}

const errorSumsOf = (errors: Tensor1D): Tensor1D =>
  concat([sum(errors).reshape([1]) as Tensor1D, sum(square(errors)).reshape([1]) as Tensor1D]);

function withoutReward(K: number, column: number): Tensor2D {
  const mask = new Float32Array(K).fill(1);
  mask[column] = 0;
  return tensor2d(mask, [1, K]);
}
