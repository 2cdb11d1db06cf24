/** The network of a spec as TensorFlow.js operations on one flat tensor of parameters. */
import {
  add,
  concat,
  grads,
  relu,
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tile,
} from '@tensorflow/tfjs-core';
import type {
  ConvStage,
  DenseStage,
  EncoderLayout,
  EncoderStage,
  LstmStage,
  ParameterLayout,
  ResidualStage,
} from '../networks/parameterLayout.ts';
import { conv, convOfConstant, maxPool } from './imageOperations.ts';
import { lstm } from './lstmOperation.ts';
import { dense, denseOfConstant, join, split } from './operations.ts';

/** What the network sees of a batch, R = T + 1 rows of B rollouts, time-major. */
export interface GraphInput {
  readonly rows: number;
  readonly B: number;
  /** Of the shape that `observationShape` says. Made before differentiation begins, since nobody asks for its gradient. */
  readonly observation: Tensor;
  /** [R·B, extraSize]: last action and last reward, or null where the network does not use them */
  readonly extra: Tensor2D | null;
  /** [R, B]: 0 where a row begins an episode, else 1; null without a core */
  readonly keep: Tensor2D | null;
  /** [layers, 2, B, hidden]: recurrent state before row 0; null without a core */
  readonly coreState: Tensor4D | null;
}

/** The trained tensors, each found by its place in the flat array. */
export class Weights {
  readonly #tensors: ReadonlyMap<number, Tensor>;

  constructor(layout: Pick<ParameterLayout, 'blocks'>, tensors: readonly Tensor[]) {
    this.#tensors = new Map(layout.blocks.map(({ at }, i) => [at, tensors[i]!]));
  }

  at<Shape extends Tensor>(at: number): Shape {
    return this.#tensors.get(at) as Shape;
  }
}

/** Every trained tensor as a slice of the flat parameters, in the order of the layout. */
export const sliceBlocks = (parameters: Tensor1D, layout: Pick<ParameterLayout, 'blocks'>): Tensor[] =>
  split(parameters, layout.blocks);

/** [rows, height, width, channels] where the encoder begins with an image, else [rows, observationSize]. */
export function observationShape(layout: EncoderLayout, rows: number, observationSize: number): number[] {
  const [first] = layout.encoder;
  if (first?.kind === 'conv') return [rows, ...first.input];
  if (first?.kind === 'residual') return [rows, ...first.conv.input];
  return [rows, observationSize];
}

/** What the policy gives for every row, P numbers, and V: [R·B, P + 1]. */
export function headsOf(input: GraphInput, weights: Weights, layout: ParameterLayout): Tensor2D {
  const features = encode(input.observation, weights, layout);
  const withExtra = input.extra ? (concat([features, input.extra], 1) as Tensor2D) : features;
  const recurrent = layout.core.reduce((x, stage, layer) => runLstm(x, stage, layer, input, weights), withExtra);
  const heads = runDense(recurrent, layout.heads, weights, false);
  if (layout.logStdAt === null) return heads;
  const rows = input.rows * input.B;
  const actions = layout.heads.outputSize - 1;
  const logStd = tile(weights.at<Tensor1D>(layout.logStdAt).reshape([1, actions]), [rows, 1]);
  return concat([slice(heads, [0, 0], [rows, actions]), logStd, slice(heads, [0, actions], [rows, 1])], 1) as Tensor2D;
}

/** [rows, featureSize] */
export const encode = (observation: Tensor, weights: Weights, layout: EncoderLayout): Tensor2D =>
  encodeStages(observation, weights, layout, true);

/** @param isConstant nobody asks for the gradient of the observation */
export function encodeStages(
  observation: Tensor,
  weights: Weights,
  layout: EncoderLayout,
  isConstant: boolean,
): Tensor2D {
  const rows = observation.shape[0]!;
  let x = observation;
  for (const [i, stage] of layout.encoder.entries()) x = runStage(x, stage, weights, rows, isConstant && i === 0);
  return x.reshape([rows, layout.featureSize]) as Tensor2D;
}

/** @param isConstant nobody asks for the gradient of x */
function runStage(x: Tensor, stage: EncoderStage, weights: Weights, rows: number, isConstant: boolean): Tensor {
  switch (stage.kind) {
    case 'dense':
      return runDense(x, stage, weights, isConstant);
    case 'conv':
      return runConv(x, stage, weights, rows, isConstant);
    case 'residual':
      return runResidual(x, stage, weights, rows, isConstant);
    case 'relu':
      return relu(x);
  }
}

function runDense(x: Tensor, stage: DenseStage, weights: Weights, isConstant: boolean): Tensor2D {
  const [kernel, bias] = [weights.at<Tensor2D>(stage.kernelAt), weights.at<Tensor1D>(stage.biasAt)];
  if (isConstant) return denseOfConstant(x as Tensor2D, kernel, bias, stage.activation);
  return dense(x.reshape([-1, stage.inputSize]) as Tensor2D, kernel, bias, stage.activation);
}

function runConv(x: Tensor, stage: ConvStage, weights: Weights, rows: number, isConstant: boolean): Tensor4D {
  const [kernel, bias] = [weights.at<Tensor4D>(stage.kernelAt), weights.at<Tensor1D>(stage.biasAt)];
  if (isConstant) return convOfConstant(x as Tensor4D, kernel, bias, stage);
  return conv(x.reshape([rows, ...stage.input]) as Tensor4D, kernel, bias, stage);
}

function runResidual(x: Tensor, stage: ResidualStage, weights: Weights, rows: number, isConstant: boolean): Tensor4D {
  let z = maxPool(runConv(x, stage.conv, weights, rows, isConstant), stage.conv.output, stage.output);
  for (const [first, second] of stage.blocks) {
    const inner = runConv(relu(z), first, weights, rows, false);
    z = add(z, runConv(relu(inner), second, weights, rows, false)) as Tensor4D;
  }
  return z;
}

function runLstm(x: Tensor2D, stage: LstmStage, layer: number, input: GraphInput, weights: Weights): Tensor2D {
  const { rows, B } = input;
  const H = stage.hidden;
  const state = (part: number) =>
    slice(input.coreState!, [layer, part, 0, 0], [1, 1, B, H]).reshape([B, H]) as Tensor2D;
  return lstm(
    x,
    state(0),
    state(1),
    input.keep!,
    {
      inputKernel: weights.at<Tensor2D>(stage.inputKernelAt),
      recurrentKernel: weights.at<Tensor2D>(stage.recurrentKernelAt),
      inputBias: weights.at<Tensor1D>(stage.inputBiasAt),
      recurrentBias: weights.at<Tensor1D>(stage.recurrentBiasAt),
    },
    { rows, B, H },
  );
}

/**
 * The gradient of `loss` with respect to the trained parameters: [trainableSize].
 * @param parameters flat; what lies behind the trained ones is not looked at
 */
export function flatGradient(
  parameters: Tensor1D,
  layout: EncoderLayout,
  loss: (weights: Weights) => Tensor,
): Tensor1D {
  const blocks = sliceBlocks(parameters, layout);
  const gradients = grads((...tensors: Tensor[]) => loss(new Weights(layout, tensors)))(blocks);
  return join(gradients);
}
