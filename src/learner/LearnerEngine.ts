/**
 * What learns: parameters, optimiser state, and the update, on one TensorFlow.js backend. The rest of the learner sees only
 * this narrow interface, so that another engine can take its place.
 */
import {
  concat,
  dispose,
  keep,
  memory,
  type Scalar,
  slice,
  square,
  sum,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { policyOutputSize } from '../envs/spaces.ts';
import { lossSums } from '../metrics/metrics.ts';
import { type NetworkSpec, type ParameterLayout, parameterLayout } from '../networks/networkSpec.ts';
import { flatGradient, headsOf } from './actorCriticGraph.ts';
import type { Batch } from './Batch.ts';
import type { BackendHandle } from './backends.ts';
import { impalaLossOf, optimizerStepOf } from './operations.ts';
import { optimizerStepSettings } from './optimizerStep.ts';
import { type ImpalaLossSettings, stepSize } from './vtrace.ts';

export interface UpdateResult {
  /** [P], after the update */
  readonly parameters: Float32Array;
  /** Sums over all steps of the batch (of all learners), in the order of `lossSums` */
  readonly sums: Float32Array;
  /** Global norm of the gradient before clipping */
  readonly gradNorm: number;
}

/** Adds up [gradient | sums] over learners, in place; false when the run ends meanwhile. */
export type AllReduce = (values: Float32Array) => Promise<boolean>;

export class LearnerEngine {
  readonly backend: BackendHandle;
  readonly #h: Hyperparameters;
  readonly #layout: ParameterLayout;
  readonly #settings: ImpalaLossSettings;
  /** [3P]: parameters, m, v */
  #state: Tensor1D;
  #steps = 0;

  constructor(backend: BackendHandle, h: Hyperparameters, network: NetworkSpec, parameters: Float32Array) {
    this.backend = backend;
    this.#h = h;
    this.#layout = parameterLayout(network);
    const state = new Float32Array(3 * this.#layout.size);
    state.set(parameters);
    this.#state = tensor1d(state);
    this.#settings = {
      T: h.numSteps,
      B: h.batchSize,
      numActions: policyOutputSize(network.actionSpace),
      entCoef: h.entCoef,
      baselineCoef: h.baselineCoef,
      rhoBar: h.rhoBar,
      pgRhoBar: h.pgRhoBar,
      scale: h.lossReduction === 'mean' ? 1 / (h.numSteps * h.batchSize * h.numLearners) : 1,
    };
  }

  /** Makes one update from one batch: gradient, norm, step and read-back, with nothing read in between. */
  async update(batch: Batch, learningRate: number): Promise<UpdateResult> {
    const readBack = tidy(() => {
      const { gradient, sums } = this.#gradientOf(batch);
      return this.#step(gradient, sums, learningRate);
    });
    return this.#read(readBack);
  }

  /** The same together with other learners: their gradients are added up before the step. Null when the run ends meanwhile. */
  async updateTogether(batch: Batch, learningRate: number, allReduce: AllReduce): Promise<UpdateResult | null> {
    const own = tidy(() => {
      const { gradient, sums } = this.#gradientOf(batch);
      return concat([gradient, sums]);
    });
    const values = (await this.#readAndDispose(own)).slice();
    if (!(await allReduce(values))) return null;
    const readBack = tidy(() => {
      const all = tensor1d(values);
      const { size } = this.#layout;
      return this.#step(slice(all, [0], [size]), slice(all, [size], [lossSums.length]), learningRate);
    });
    return this.#read(readBack);
  }

  /** Tensors alive: must not grow from update to update. */
  get numTensors(): number {
    return memory().numTensors;
  }

  dispose(): void {
    dispose(this.#state);
  }

  #gradientOf(batch: Batch): { gradient: Tensor1D; sums: Tensor1D } {
    const rows = (batch.T + 1) * batch.B;
    const observation = tensor2d(batch.observation, [rows, batch.observationSize]);
    const extra = batch.extraSize > 0 ? tensor2d(batch.extra, [rows, batch.extraSize]) : null;
    const steps = tensor2d(batch.steps, [batch.T * batch.B, stepSize(batch.numActions)]);
    const parameters = slice(this.#state, [0], [this.#layout.size]);
    let kept: Tensor1D | undefined;
    const gradient = flatGradient(parameters, this.#layout, (layers) => {
      const heads = headsOf(observation, extra, layers, this.#layout);
      return impalaLossOf(heads, steps, this.#settings, (perRollout: Tensor2D) => {
        kept = keep(sum(perRollout, 0)); // Else differentiation would dispose it with the rest of the forward pass.
      });
    });
    const sums = kept!.clone();
    dispose(kept!);
    return { gradient, sums };
  }

  /** Replaces the state, and returns what is to be read back: [parameters | sums | squared norm]. */
  #step(gradient: Tensor1D, sums: Tensor1D, learningRate: number): Tensor1D {
    this.#steps += 1;
    const squaredNorm = sum(square(gradient)) as Scalar;
    const settings = optimizerStepSettings(this.#h, learningRate, this.#steps);
    const state = optimizerStepOf(this.#state, gradient, squaredNorm, settings);
    dispose(this.#state);
    this.#state = keep(state);
    return concat([slice(state, [0], [this.#layout.size]), sums, squaredNorm.reshape([1]) as Tensor1D]);
  }

  async #read(readBack: Tensor1D): Promise<UpdateResult> {
    const values = await this.#readAndDispose(readBack);
    const { size } = this.#layout;
    return {
      parameters: values.subarray(0, size),
      sums: values.subarray(size, size + lossSums.length),
      gradNorm: Math.sqrt(values[size + lossSums.length]!),
    };
  }

  /** Disposes only once the data has come: on webgpu the other order throws. */
  async #readAndDispose(tensor: Tensor1D): Promise<Float32Array> {
    try {
      const values = (await tensor.data()) as Float32Array;
      this.backend.throwIfFailed();
      return values;
    } finally {
      dispose(tensor);
    }
  }
}
