/**
 * The shape of a policy as plain data. From it derive the layout of the parameters, their initial values, the learner's graph,
 * the actors' inference, the names in weight files, and the counts people see in the form.
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { EnvSpec } from '../envs/env.ts';
import { type ActionSpace, actionSize, type ObservationSpace, policyOutputSize, sizeOf } from '../envs/spaces.ts';

export type Activation = 'tanh' | 'relu';

export interface MlpEncoder {
  readonly kind: 'mlp';
  /** Output width of each layer; the last one is the number of features. */
  readonly widths: readonly number[];
  /** Follows every layer. */
  readonly activation: Activation;
}

export interface NetworkSpec {
  readonly observationSpace: ObservationSpace;
  readonly actionSpace: ActionSpace;
  readonly encoder: MlpEncoder;
  /** Whether the heads also see the last action (one-hot) and the last reward. */
  readonly lastActionReward: boolean;
}

export function networkSpecFor(env: EnvSpec, h: Hyperparameters): NetworkSpec {
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    encoder: { kind: 'mlp', widths: [h.hiddenDim, h.featureDim], activation: h.activation },
    lastActionReward: h.lastActionReward,
  };
}

/** One dense layer: y = activation(x·W + b), with W [inputSize, outputSize] at `kernelAt` and b [outputSize] at `biasAt`. */
export interface DenseLayer {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly kernelAt: number;
  readonly biasAt: number;
  readonly activation: Activation | 'linear';
}

/**
 * A tensor of a weight file, as a PyTorch module has it. Linear weights are [out, in] there and [in, out] in our layout;
 * `at` and `stride` pick a head's columns out of the layer that holds both heads.
 */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where element [o, i] (or [o] for a bias) lies: at + i · stride + o. */
  readonly at: number;
  readonly stride: number;
}

export interface ParameterLayout {
  /** Number of parameters. */
  readonly size: number;
  readonly encoder: readonly DenseLayer[];
  /** Policy and baseline in one layer: columns 0 … P − 1 are the policy's outputs, column P is the baseline. */
  readonly heads: DenseLayer;
  readonly tensors: readonly NamedTensor[];
}

/** Number of inputs to the heads beside the features. */
export const extraInputSize = (spec: NetworkSpec): number => (spec.lastActionReward ? lastActionSize(spec) + 1 : 0);

/** Width of the last action as the network sees it: one-hot for Discrete. */
export const lastActionSize = (spec: NetworkSpec): number =>
  spec.actionSpace.kind === 'discrete' ? spec.actionSpace.n : actionSize(spec.actionSpace);

/** Where each layer lies in the one flat array of parameters, and what each tensor is called outside. */
export function parameterLayout(spec: NetworkSpec): ParameterLayout {
  let size = 0;
  const dense = (inputSize: number, outputSize: number, activation: DenseLayer['activation']): DenseLayer => {
    const kernelAt = size;
    const biasAt = kernelAt + inputSize * outputSize;
    size = biasAt + outputSize;
    return { inputSize, outputSize, kernelAt, biasAt, activation };
  };
  const encoder: DenseLayer[] = [];
  let width = sizeOf(spec.observationSpace);
  for (const outputWidth of spec.encoder.widths) {
    encoder.push(dense(width, outputWidth, spec.encoder.activation));
    width = outputWidth;
  }
  const numPolicyOutputs = policyOutputSize(spec.actionSpace);
  const heads = dense(width + extraInputSize(spec), numPolicyOutputs + 1, 'linear');
  const tensors = [
    // In a torch.nn.Sequential(Linear, Tanh, Linear, Tanh) the linear layers have the even indices.
    ...encoder.flatMap((layer, index) => namedTensors(`encoder.${2 * index}`, layer, 0, layer.outputSize)),
    ...namedTensors('policy', heads, 0, numPolicyOutputs),
    ...namedTensors('baseline', heads, numPolicyOutputs, 1),
  ];
  return { size, encoder, heads, tensors };
}

function namedTensors(name: string, layer: DenseLayer, firstColumn: number, columns: number): NamedTensor[] {
  return [
    {
      name: `${name}.weight`,
      shape: [columns, layer.inputSize],
      at: layer.kernelAt + firstColumn,
      stride: layer.outputSize,
    },
    { name: `${name}.bias`, shape: [columns], at: layer.biasAt + firstColumn, stride: 0 },
  ];
}

/** Multiplications and additions of one forward pass of one observation. */
export const forwardFlops = (spec: NetworkSpec): number => {
  const { encoder, heads } = parameterLayout(spec);
  return [...encoder, heads].reduce((sum, layer) => sum + 2 * layer.inputSize * layer.outputSize, 0);
};
