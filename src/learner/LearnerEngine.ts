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
  Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { type Algorithm, commonCoefficients, type LossSettings } from '../algorithms/algorithm.ts';
import { stepSize } from '../algorithms/lossLayout.ts';
import { findAlgorithm } from '../algorithms/registry.ts';
import { framesPerUpdate, intrinsicWeight } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { lossSums } from '../metrics/metrics.ts';
import { numErrorSums } from '../networks/distillation.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { type ParameterLayout, parameterLayout } from '../networks/parameterLayout.ts';
import { flatGradient, type GraphInput, headsOf, observationShape, sliceBlocks, Weights } from './actorCriticGraph.ts';
import type { Batch } from './Batch.ts';
import type { BackendHandle } from './backends.ts';
import { RecordedFunction } from './KernelProgram.ts';
import type { EngineState } from './learner.api.ts';
import { Minibatches } from './Minibatches.ts';
import { join, lossOf, optimizerStepOf, split } from './operations.ts';
import { type OptimizerStepAttrs, optimizerSettings, stepRates } from './optimizerStep.ts';
import { RandomNetworkDistillation } from './RandomNetworkDistillation.ts';

export interface UpdateResult {
  /** Flat parameters [layout.size] after the update, running statistics included; until the next update */
  readonly parameters: Float32Array;
  /** Sums over all steps of the batch (of all learners), in the order of `lossSums`; with several epochs, the mean of theirs */
  readonly sums: Float32Array;
  /** Global norm of the gradient before clipping; the mean where an update makes several steps */
  readonly gradNorm: number;
  /** Mean per step, as it was added to the reward; 0 without one */
  readonly intrinsicReward: number;
}

/** What one minibatch gives, before the step. The last two with random network distillation only. */
interface Gradients {
  readonly gradient: Tensor1D;
  readonly sums: Tensor1D;
  readonly predictorGradient?: Tensor1D;
  readonly errorSums?: Tensor1D;
}

/** What one step leaves behind, read back. */
type StepResult = Omit<UpdateResult, 'parameters'>;

/** Adds up [gradient | sums | sums of the running statistics] over learners, in place; false when the run ends meanwhile. */
export type AllReduce = (values: Float32Array) => Promise<boolean>;

export class LearnerEngine {
  readonly backend: BackendHandle;
  readonly #h: Hyperparameters;
  readonly #network: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #algorithm: Algorithm;
  #settings: LossSettings;
  readonly #minibatches: Minibatches;
  readonly #distillation: RandomNetworkDistillation | null;
  /** [3·trainableSize]: parameters, m, v */
  #state: Tensor1D;
  /** What is handed out: the trained parameters, and running statistics where there are some. */
  readonly #published: Float32Array;
  /** [trainableSize]: parameters of the target network, where the algorithm has one */
  #target: Tensor1D | null = null;
  /** From the parameters to their gradient; then to the new parameters, and those of an update's last minibatch also read back. */
  readonly #gradient: RecordedFunction;
  readonly #step: RecordedFunction;
  readonly #lastStep: RecordedFunction;
  readonly #optimizer: OptimizerStepAttrs;
  #updates = 0;
  #steps = 0;

  constructor(backend: BackendHandle, h: Hyperparameters, network: NetworkSpec, parameters: Float32Array) {
    this.backend = backend;
    this.#h = h;
    this.#network = network;
    this.#layout = parameterLayout(network);
    const state = new Float32Array(3 * this.#layout.trainableSize);
    state.set(parameters.subarray(0, this.#layout.trainableSize));
    this.#published = parameters.slice();
    this.#distillation = intrinsicWeight(h) > 0 ? new RandomNetworkDistillation(h, network) : null;
    this.#state = tensor1d(state);
    this.#optimizer = { ...optimizerSettings(h), size: this.#layout.trainableSize };
    this.#gradient = new RecordedFunction(backend);
    this.#step = new RecordedFunction(backend);
    this.#lastStep = new RecordedFunction(backend);
    this.#algorithm = findAlgorithm(h.algorithm);
    this.#minibatches = new Minibatches(h, network);
    this.#settings = lossSettings(this.#algorithm, h, network);
  }

  /** Makes one update from one batch: a step for each minibatch of each epoch. */
  async update(batch: Batch, learningRate: number): Promise<UpdateResult> {
    const result = await this.#makeSteps(batch, (part, step) =>
      this.#read(
        tidy(() => this.#takeStep(this.#gradientsOf(part), learningRate, this.#isLast(step))),
        this.#isLast(step),
      ),
    );
    return result!;
  }

  /**
   * The same together with other learners: their gradients are added up before each step, and those of the first step carry the
   * running statistics of the batch. Null when the run ends meanwhile.
   */
  async updateTogether(batch: Batch, learningRate: number, allReduce: AllReduce): Promise<UpdateResult | null> {
    return this.#makeSteps(batch, async (part, step) => {
      const own = tidy(() => concat(Object.values(this.#gradientsOf(part))));
      const { size } = own;
      const values = new Float32Array(size + (batch.normalisation?.numSums ?? 0));
      await this.#takeValues(own, (gradients) => values.set(gradients));
      if (step === 0) batch.normalisation?.copySums(values, size);
      if (!(await allReduce(values))) return null;
      if (step === 0) batch.normalisation?.takeSums(values, size);
      const all = values.subarray(0, size);
      const isLast = this.#isLast(step);
      return this.#read(
        tidy(() => this.#takeStep(this.#split(tensor1d(all)), learningRate, isLast)),
        isLast,
      );
    });
  }

  /** Not during an update. */
  async exportState(): Promise<EngineState> {
    const { size, trainableSize } = this.#layout;
    const values = (await this.#state.data()) as Float32Array;
    this.backend.throwIfFailed();
    const parameters = new Float32Array(size);
    parameters.set(this.#published); // For the statistics; the trained ones follow.
    parameters.set(values.subarray(0, trainableSize));
    return {
      parameters,
      moments: new Float32Array(values.subarray(trainableSize)),
      distillation: (await this.#distillation?.exportState()) ?? new Float32Array(0),
    };
  }

  /**
   * Takes the place of an engine that gave `state` after so many updates.
   * Throws, with a sentence to show, if it is of another size.
   */
  importState({ parameters, moments, distillation }: EngineState, updates: number): void {
    const { size, trainableSize } = this.#layout;
    if (parameters.length !== size || moments.length !== 2 * trainableSize) {
      throw new Error('The state to resume from is of another network than these settings describe.');
    }
    const state = new Float32Array(3 * trainableSize);
    state.set(parameters.subarray(0, trainableSize));
    state.set(moments, trainableSize);
    dispose(this.#state);
    this.#state = tensor1d(state);
    this.#published.set(parameters);
    this.#updates = updates;
    this.#steps = updates * this.#h.numEpochs * this.#h.numMinibatches;
    this.#distillation?.importState(distillation, this.#steps);
    this.#target?.dispose();
    this.#target = null; // Begins as a copy of the policy.
  }

  /** Where another processor computes, unless an update needs numbers of the one before. */
  get overlaps(): boolean {
    const { numLearners, numEpochs, numMinibatches } = this.#h;
    const isOneStep = numLearners * numEpochs * numMinibatches === 1 && !this.#algorithm.usesTargetNetwork;
    const hasStatistics = this.#distillation !== null || this.#layout.size > this.#layout.trainableSize;
    return this.backend.name === 'webgpu' && isOneStep && !hasStatistics;
  }

  get entCoef(): number {
    return this.#settings.coefficients.entCoef!;
  }

  /** Weight of the entropy in the loss from the next update on. */
  set entCoef(entCoef: number) {
    if (entCoef === this.entCoef) return;
    this.#gradient.forget();
    this.#settings = { ...this.#settings, coefficients: { ...this.#settings.coefficients, entCoef } };
  }

  /** Kernels of TensorFlow.js that an update calls without its bookkeeping. */
  get numRecordedKernels(): number {
    return this.#gradient.length + this.#lastStep.length;
  }

  /** Tensors alive: must not grow from update to update. */
  get numTensors(): number {
    return memory().numTensors;
  }

  dispose(): void {
    for (const recorded of [this.#gradient, this.#step, this.#lastStep]) recorded.forget();
    dispose(this.#state);
    this.#target?.dispose();
    this.#distillation?.dispose();
  }

  #isLast(step: number): boolean {
    return step === this.#h.numEpochs * this.#h.numMinibatches - 1;
  }

  /** An optimiser step for each minibatch of each epoch. Of all but the last only a few sums are read back. */
  async #makeSteps(
    batch: Batch,
    makeStep: (part: Batch, step: number) => Promise<StepResult | null>,
  ): Promise<UpdateResult | null> {
    const { numEpochs, numMinibatches } = this.#h;
    const numSteps = numEpochs * numMinibatches;
    const sums = new Float32Array(lossSums.length);
    let [gradNorm, intrinsicReward] = [0, 0];
    this.#renewTarget();
    for (let step = 0; step < numSteps; step++) {
      const result = await makeStep(this.#minibatches.take(batch, step), step);
      if (!result) return null;
      for (const [i, sum] of result.sums.entries()) sums[i]! += sum / numEpochs;
      gradNorm += result.gradNorm / numSteps;
      intrinsicReward += result.intrinsicReward / numSteps;
    }
    this.#updates += 1;
    batch.normalisation?.mergeInto(this.#published);
    return { parameters: this.#published, sums, gradNorm, intrinsicReward };
  }

  #renewTarget(): void {
    if (!this.#algorithm.usesTargetNetwork) return;
    if (this.#target && this.#updates % this.#h.targetUpdateInterval !== 0) return;
    this.#target?.dispose();
    this.#target = tidy(() => keep(slice(this.#state, [0], [this.#layout.trainableSize])));
  }

  #gradientsOf(batch: Batch): Gradients {
    const { T, B, numPolicyOutputs, actionSize } = batch;
    const input = this.#inputOf(batch);
    const distilled = this.#distillation?.distil(batch, input.observation);
    const steps = distilled?.steps ?? tensor2d(batch.steps, [T * B, stepSize(numPolicyOutputs, actionSize)]);
    const inputs = [this.#state, steps, ...Object.values(input), this.#target].filter((x) => x instanceof Tensor);
    const [gradient, sums] = this.#gradient.run(inputs, () => this.#differentiate(input, steps)) as [
      Tensor1D,
      Tensor1D,
    ];
    return distilled
      ? { gradient, sums, predictorGradient: distilled.gradient, errorSums: distilled.errorSums }
      : { gradient, sums };
  }

  /** The gradient with respect to the trained parameters, and the sums of the loss. */
  #differentiate(input: GraphInput, steps: Tensor2D): [Tensor1D, Tensor1D] {
    const oldHeads = this.#target && this.#headsOfTarget(this.#target, input);
    let kept: Tensor1D | undefined;
    const gradient = flatGradient(this.#state, this.#layout, (weights) => {
      const heads = headsOf(input, weights, this.#layout);
      return lossOf(this.#algorithm, { heads, steps, oldHeads }, this.#settings, (perRollout: Tensor2D) => {
        kept = keep(sum(perRollout, 0)); // Else differentiation would dispose it with the rest of the forward pass.
      });
    });
    const sums = kept!.clone();
    dispose(kept!);
    return [gradient, sums];
  }

  #headsOfTarget(target: Tensor1D, input: GraphInput): Tensor2D {
    return headsOf(input, new Weights(this.#layout, sliceBlocks(target, this.#layout)), this.#layout);
  }

  /** What `concat` of the gradients' values made one. */
  #split(all: Tensor1D): Gradients {
    const { trainableSize } = this.#layout;
    const predictorSize = this.#distillation?.size ?? 0;
    let at = 0;
    const take = (size: number) => {
      at += size;
      return slice(all, [at - size], [size]);
    };
    const own = { gradient: take(trainableSize), sums: take(lossSums.length) };
    if (!this.#distillation) return own;
    return { ...own, predictorGradient: take(predictorSize), errorSums: take(numErrorSums) };
  }

  #inputOf(batch: Batch): GraphInput {
    const { T, B, extraSize } = batch;
    const { core } = this.#network;
    const rows = (T + 1) * B;
    const shape = observationShape(this.#layout, rows, batch.observationSize);
    return {
      rows: T + 1,
      B,
      observation: tensor(batch.observation, shape, 'float32'),
      extra: extraSize > 0 ? tensor2d(batch.extra, [rows, extraSize]) : null,
      keep: core ? tensor2d(batch.keep, [T + 1, B]) : null,
      coreState: core ? tensor4d(batch.coreState, [core.layers, 2, B, core.hidden]) : null,
    };
  }

  /** Replaces the state, and returns what is to be read back: [sums | squared norm | sums of the predictor's errors | parameters]. */
  #takeStep(gradients: Gradients, learningRate: number, isLast: boolean): Tensor1D {
    const { gradient, sums, predictorGradient, errorSums } = gradients;
    this.#steps += 1;
    const rates = tensor1d(Float32Array.from(stepRates(this.#optimizer, learningRate, this.#steps)));
    const inputs = [this.#state, gradient, sums, rates, ...(errorSums ? [errorSums] : [])];
    const [state, readBack] = (isLast ? this.#lastStep : this.#step).run(inputs, () => {
      const squaredNorm = sum(square(gradient)) as Scalar;
      const state = optimizerStepOf(this.#state, gradient, squaredNorm, rates, this.#optimizer);
      const parts = [sums, squaredNorm.reshape([1]) as Tensor1D, ...(errorSums ? [errorSums] : [])];
      if (isLast) parts.push(...(split(state, [{ at: 0, shape: [this.#layout.trainableSize] }]) as Tensor1D[]));
      return [state, join(parts)];
    }) as [Tensor1D, Tensor1D];
    dispose(this.#state);
    this.#state = keep(state);
    if (predictorGradient) this.#distillation!.step(this.#meanOverLearners(predictorGradient));
    return readBack;
  }

  #meanOverLearners(gradient: Tensor1D): Tensor1D {
    return this.#h.numLearners === 1 ? gradient : gradient.div(this.#h.numLearners);
  }

  async #read(readBack: Tensor1D, isLast: boolean): Promise<StepResult> {
    return this.#takeValues(readBack, (values) => {
      const normAt = lossSums.length;
      const errorsAt = normAt + 1;
      const parametersAt = errorsAt + (this.#distillation ? numErrorSums : 0);
      this.#distillation?.count(
        values.subarray(errorsAt, parametersAt),
        framesPerUpdate(this.#h) / this.#h.numMinibatches,
      );
      if (isLast) this.#published.set(values.subarray(parametersAt));
      return {
        sums: values.slice(0, normAt),
        gradNorm: Math.sqrt(values[normAt]!),
        intrinsicReward: this.#distillation?.meanReward ?? 0,
      };
    });
  }

  /** What `take` makes of a tensor's values, which hold until it returns. Disposes only once the data has come: on webgpu the other order throws. */
  async #takeValues<Result>(tensor: Tensor1D, take: (values: Float32Array) => Result): Promise<Result> {
    try {
      const values = this.backend.view(tensor) ?? ((await tensor.data()) as Float32Array);
      this.backend.throwIfFailed();
      return take(values);
    } finally {
      dispose(tensor);
    }
  }
}

function lossSettings(algorithm: Algorithm, h: Hyperparameters, network: NetworkSpec): LossSettings {
  const B = h.batchSize / h.numMinibatches;
  const names = [...commonCoefficients, ...algorithm.coefficients] as readonly (keyof Hyperparameters)[];
  return {
    T: h.numSteps,
    B,
    distribution: distributionFor(network.actionSpace),
    coefficients: Object.fromEntries(names.map((name) => [name, h[name]])) as LossSettings['coefficients'],
    scale: h.lossReduction === 'mean' ? 1 / (h.numSteps * B * h.numLearners) : 1,
  };
}
