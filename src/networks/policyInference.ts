/**
 * The policy's forward pass as actors, the evaluator and the viewer run it. `PolicyInference` is the promise; `MlpInference`
 * keeps it in plain TypeScript. Rows are environments: a caller writes its inputs, calls `forward`, and reads the outputs.
 */
import { type ObservationArray, policyOutputSize, sizeOf } from '../envs/spaces.ts';
import {
  type DenseLayer,
  extraInputSize,
  lastActionSize,
  type NetworkSpec,
  type ParameterLayout,
  parameterLayout,
} from './networkSpec.ts';
import { tanh } from './tanh.ts';

export interface PolicyInference {
  /** [rows, …observation] */
  readonly observation: ObservationArray;
  /** [rows]: index of the last action, −1 where an episode begins. Read only if the network uses it. */
  readonly lastAction: Int32Array;
  /** [rows]: the last reward as the loss sees it, 0 where an episode begins. Read only if the network uses it. */
  readonly lastReward: Float32Array;
  /** [rows, P]: logits */
  readonly policyOutputs: Float32Array;
  /** [rows]: V */
  readonly baseline: Float32Array;
  /** Flat parameters [layout.size], to be written before the first `forward`. */
  readonly parameters: Float32Array;
  /** Computes the first `rows` rows. Allocates nothing. */
  forward(rows: number): void;
}

export class MlpInference implements PolicyInference {
  readonly observation: ObservationArray;
  readonly lastAction: Int32Array;
  readonly lastReward: Float32Array;
  readonly policyOutputs: Float32Array;
  readonly baseline: Float32Array;
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly #spec: NetworkSpec;
  readonly #layout: ParameterLayout;
  /** One row of activations per layer boundary, used for one environment after the other. */
  readonly #activations: readonly Float32Array[];
  readonly #heads: Float32Array;

  constructor(spec: NetworkSpec, maxRows: number) {
    const layout = parameterLayout(spec);
    const observationSize = sizeOf(spec.observationSpace);
    const numPolicyOutputs = policyOutputSize(spec.actionSpace);
    this.#spec = spec;
    this.#layout = layout;
    this.observation = new (spec.observationSpace.dtype === 'uint8' ? Uint8Array : Float32Array)(
      maxRows * observationSize,
    );
    this.lastAction = new Int32Array(maxRows).fill(-1);
    this.lastReward = new Float32Array(maxRows);
    this.policyOutputs = new Float32Array(maxRows * numPolicyOutputs);
    this.baseline = new Float32Array(maxRows);
    this.parameters = new Float32Array(layout.size);
    this.#heads = new Float32Array(numPolicyOutputs + 1);
    const widths = [observationSize, ...spec.encoder.widths];
    this.#activations = widths.map(
      (width, index) => new Float32Array(index === widths.length - 1 ? width + extraInputSize(spec) : width),
    );
  }

  forward(rows: number): void {
    const { encoder, heads } = this.#layout;
    const input = this.#activations[0]!;
    const features = this.#activations[encoder.length]!;
    const numPolicyOutputs = this.#heads.length - 1;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < input.length; i++) input[i] = this.observation[row * input.length + i]!;
      for (let l = 0; l < encoder.length; l++) {
        dense(this.parameters, encoder[l]!, this.#activations[l]!, this.#activations[l + 1]!);
      }
      if (this.#spec.lastActionReward) this.#appendLastActionAndReward(features, row);
      dense(this.parameters, heads, features, this.#heads);
      for (let p = 0; p < numPolicyOutputs; p++) this.policyOutputs[row * numPolicyOutputs + p] = this.#heads[p]!;
      this.baseline[row] = this.#heads[numPolicyOutputs]!;
    }
  }

  #appendLastActionAndReward(features: Float32Array, row: number): void {
    const size = lastActionSize(this.#spec);
    const at = features.length - size - 1;
    const action = this.lastAction[row]!;
    for (let a = 0; a < size; a++) features[at + a] = a === action ? 1 : 0;
    features[at + size] = this.lastReward[row]!;
  }
}

/**
 * y = activation(x·W + b) for one row. Four outputs at a time keep their sums in registers, in float64: twice as fast as adding
 * to `y` in memory.
 */
function dense(parameters: Float32Array, layer: DenseLayer, x: Float32Array, y: Float32Array): void {
  const { inputSize, outputSize, kernelAt, biasAt } = layer;
  let o = 0;
  for (; o + 4 <= outputSize; o += 4) {
    let [sum0, sum1] = [parameters[biasAt + o]!, parameters[biasAt + o + 1]!];
    let [sum2, sum3] = [parameters[biasAt + o + 2]!, parameters[biasAt + o + 3]!];
    for (let i = 0, at = kernelAt + o; i < inputSize; i++, at += outputSize) {
      const factor = x[i]!;
      sum0 += factor * parameters[at]!;
      sum1 += factor * parameters[at + 1]!;
      sum2 += factor * parameters[at + 2]!;
      sum3 += factor * parameters[at + 3]!;
    }
    y[o] = sum0;
    y[o + 1] = sum1;
    y[o + 2] = sum2;
    y[o + 3] = sum3;
  }
  for (; o < outputSize; o++) {
    let sum = parameters[biasAt + o]!;
    for (let i = 0; i < inputSize; i++) sum += x[i]! * parameters[kernelAt + i * outputSize + o]!;
    y[o] = sum;
  }
  if (layer.activation === 'tanh') for (let o = 0; o < outputSize; o++) y[o] = tanh(y[o]!);
  else if (layer.activation === 'relu') for (let o = 0; o < outputSize; o++) y[o] = Math.max(0, y[o]!);
}
