/**
 * The policy's forward pass as actors, the evaluator and the viewer run it. `PolicyInference` is the promise; `PlainInference`
 * keeps it in plain TypeScript. Rows are environments: a caller writes its inputs, calls `forward`, and reads the outputs.
 */
import { distributionFor } from '../distributions/distribution.ts';
import { createActions, createArray, type ObservationArray } from '../envs/spaces.ts';
import { encodeLastAction } from './lastAction.ts';
import { coreStateSize, type NetworkSpec } from './networkSpec.ts';
import { ObservationInput } from './observationInput.ts';
import {
  type ConvStage,
  type DenseStage,
  type EncoderStage,
  type LstmStage,
  type ParameterLayout,
  parameterLayout,
  type ResidualStage,
} from './parameterLayout.ts';
import { tanh } from './tanh.ts';

/** What goes in and what comes out. */
export interface InferenceArrays {
  /** [rows, …observation] */
  readonly observation: ObservationArray;
  /** [rows, actionSize]: the last action, `noAction` where an episode begins (0 in a Box). Read only if the network uses it. */
  readonly lastAction: Int32Array | Float32Array;
  /** [rows]: the last reward as the loss sees it, 0 where an episode begins. Read only if the network uses it. */
  readonly lastReward: Float32Array;
  /** [rows, layers, 2, hidden]: recurrent state before the step, h then c; all 0 where an episode begins. Empty without a core. */
  readonly coreState: Float32Array;
  /** [rows, layers, 2, hidden]: recurrent state after the step, written by `forward`. */
  readonly nextCoreState: Float32Array;
  /** [rows, P]: what the distribution of actions is made of */
  readonly policyOutputs: Float32Array;
  /** [rows]: V */
  readonly baseline: Float32Array;
}

export interface PolicyInference extends InferenceArrays {
  /** Flat parameters [layout.size], to be written before the first `forward`. */
  readonly parameters: Float32Array;
  /** To be called after `parameters` were written. */
  parametersChanged(): void;
  /** Computes the first `rows` rows. Allocates nothing. */
  forward(rows: number): void;
}

/** Memory for inputs and outputs of `maxRows` rows, the same for every implementation. */
export function inferenceArrays(spec: NetworkSpec, maxRows: number): InferenceArrays {
  const { outputSize } = distributionFor(spec.actionSpace);
  return {
    observation: createArray(spec.observationSpace, maxRows),
    lastAction: createActions(spec.actionSpace, maxRows).fill(spec.actionSpace.kind === 'box' ? 0 : -1),
    lastReward: new Float32Array(maxRows),
    coreState: new Float32Array(maxRows * coreStateSize(spec)),
    nextCoreState: new Float32Array(maxRows * coreStateSize(spec)),
    policyOutputs: new Float32Array(maxRows * outputSize),
    baseline: new Float32Array(maxRows),
  };
}

/** Holds the arrays, wherever they lie. */
export abstract class InferenceBase implements InferenceArrays {
  readonly observation: ObservationArray;
  readonly lastAction: Int32Array | Float32Array;
  readonly lastReward: Float32Array;
  readonly coreState: Float32Array;
  readonly nextCoreState: Float32Array;
  readonly policyOutputs: Float32Array;
  readonly baseline: Float32Array;

  constructor(arrays: InferenceArrays) {
    this.observation = arrays.observation;
    this.lastAction = arrays.lastAction;
    this.lastReward = arrays.lastReward;
    this.coreState = arrays.coreState;
    this.nextCoreState = arrays.nextCoreState;
    this.policyOutputs = arrays.policyOutputs;
    this.baseline = arrays.baseline;
  }
}

export class PlainInference extends InferenceBase implements PolicyInference {
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly #spec: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #input: ObservationInput;
  /** One row of activations per stage of the encoder, used for one environment after the other; the observation first. */
  readonly #activations: readonly Float32Array[];
  /** Features, then last action and last reward. */
  readonly #features: Float32Array;
  readonly #scratch: ResidualScratch | null;
  readonly #gates: Float32Array;
  readonly #heads: Float32Array;
  readonly #outputSize: number;
  readonly #actionSize: number;

  constructor(spec: NetworkSpec, maxRows: number) {
    super(inferenceArrays(spec, maxRows));
    const layout = parameterLayout(spec);
    const { outputSize, actionSize } = distributionFor(spec.actionSpace);
    this.parameters = new Float32Array(layout.size);
    this.#spec = spec;
    this.#layout = layout;
    this.#input = new ObservationInput(spec, layout);
    const sizes = activationSizes(layout.encoder, this.#input.size);
    this.#activations = sizes.map((size) => new Float32Array(size));
    this.#features = new Float32Array(layout.featureSize + layout.extraSize);
    this.#scratch = ResidualScratch.for(layout.encoder);
    this.#gates = new Float32Array(Math.max(0, ...layout.core.map(({ hidden }) => 4 * hidden)));
    this.#heads = new Float32Array(layout.heads.outputSize);
    this.#outputSize = outputSize;
    this.#actionSize = actionSize;
  }

  parametersChanged(): void {
    this.#input.refresh(this.parameters);
  }

  forward(rows: number): void {
    for (let row = 0; row < rows; row++) {
      this.#encode(row);
      this.#writeHeads(row, this.#runCore(row));
    }
  }

  #encode(row: number): void {
    const { encoder, featureSize, extraSize } = this.#layout;
    const activations = this.#activations;
    this.#input.write(this.observation, row * this.#input.size, activations[0]!, 0);
    for (let l = 0; l < encoder.length; l++) this.#runStage(encoder[l]!, activations[l]!, activations[l + 1]!);
    const last = activations[encoder.length]!;
    for (let i = 0; i < featureSize; i++) this.#features[i] = last[i]!;
    if (extraSize === 0) return;
    encodeLastAction(this.#spec.actionSpace, this.lastAction, row * this.#actionSize, this.#features, featureSize);
    this.#features[featureSize + extraSize - 1] = this.lastReward[row]!;
  }

  #runStage(stage: EncoderStage, x: Float32Array, y: Float32Array): void {
    if (stage.kind === 'dense') dense(this.parameters, stage, x, y);
    else if (stage.kind === 'conv') conv(this.parameters, stage, x, y);
    else if (stage.kind === 'residual') residualSection(this.parameters, stage, x, y, this.#scratch!);
    else for (let i = 0; i < y.length; i++) y[i] = Math.max(0, x[i]!);
  }

  /** Steps the recurrent layers of a row; returns what the heads see and where. */
  #runCore(row: number): Float32Array {
    const { core } = this.#layout;
    if (core.length === 0) return this.#features;
    const size = coreStateSize(this.#spec);
    let input = this.#features;
    let inputAt = 0;
    for (let layer = 0; layer < core.length; layer++) {
      const stage = core[layer]!;
      const at = row * size + layer * 2 * stage.hidden;
      lstmCell(this.parameters, stage, input, inputAt, this.coreState, this.nextCoreState, at, this.#gates);
      input = this.nextCoreState as Float32Array<ArrayBuffer>;
      inputAt = at;
    }
    const { hidden } = core[core.length - 1]!;
    for (let i = 0; i < hidden; i++) this.#gates[i] = input[inputAt + i]!;
    return this.#gates;
  }

  #writeHeads(row: number, features: Float32Array): void {
    const { heads, logStdAt } = this.#layout;
    const P = this.#outputSize;
    const columns = heads.outputSize - 1;
    dense(this.parameters, heads, features, this.#heads);
    for (let p = 0; p < columns; p++) this.policyOutputs[row * P + p] = this.#heads[p]!;
    if (logStdAt !== null) {
      for (let i = 0; i < columns; i++) this.policyOutputs[row * P + columns + i] = this.parameters[logStdAt + i]!;
    }
    this.baseline[row] = this.#heads[columns]!;
  }
}

/** Length of each activation: the observation's, then after each stage. */
function activationSizes(encoder: readonly EncoderStage[], observationSize: number): number[] {
  const sizes = [observationSize];
  for (const stage of encoder) {
    if (stage.kind === 'relu') sizes.push(sizes.at(-1)!);
    else sizes.push(stage.kind === 'dense' ? stage.outputSize : stage.output[0] * stage.output[1] * stage.output[2]);
  }
  return sizes;
}

/**
 * y = activation(x·W + b) for one row. Four outputs at a time keep their sums in registers, in float64: twice as fast as adding
 * to `y` in memory.
 */
function dense(parameters: Float32Array, layer: DenseStage, x: Float32Array, y: Float32Array): void {
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
  activate(layer.activation, y, outputSize);
}

function activate(activation: DenseStage['activation'], y: Float32Array, size: number): void {
  if (activation === 'tanh') for (let o = 0; o < size; o++) y[o] = tanh(y[o]!);
  else if (activation === 'relu') for (let o = 0; o < size; o++) y[o] = Math.max(0, y[o]!);
}

/** Cross-correlation of one image, channels last. Pixels that are 0 cost nothing, and those of grids mostly are. */
function conv(parameters: Float32Array, layer: ConvStage, x: Float32Array, y: Float32Array): void {
  const { input, output, kernel, stride, padding, kernelAt, biasAt } = layer;
  const [height, width, inputs] = input;
  const [outHeight, outWidth, outputs] = output;
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      const at = (oy * outWidth + ox) * outputs;
      for (let o = 0; o < outputs; o++) y[at + o] = parameters[biasAt + o]!;
      for (let ky = 0; ky < kernel; ky++) {
        const iy = oy * stride + ky - padding;
        if (iy < 0 || iy >= height) continue;
        for (let kx = 0; kx < kernel; kx++) {
          const ix = ox * stride + kx - padding;
          if (ix < 0 || ix >= width) continue;
          for (let i = 0; i < inputs; i++) {
            const pixel = x[(iy * width + ix) * inputs + i]!;
            if (pixel === 0) continue;
            const weights = kernelAt + ((ky * kernel + kx) * inputs + i) * outputs;
            for (let o = 0; o < outputs; o++) y[at + o]! += pixel * parameters[weights + o]!;
          }
        }
      }
    }
  }
  activate(layer.activation, y, outHeight * outWidth * outputs);
}

/** Memory for what a residual section computes on the way; shared by all sections, so as large as the largest. */
class ResidualScratch {
  readonly beforePool: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;

  private constructor(convSize: number, size: number) {
    this.beforePool = new Float32Array(convSize);
    this.first = new Float32Array(size);
    this.second = new Float32Array(size);
  }

  static for(encoder: readonly EncoderStage[]): ResidualScratch | null {
    const sections = encoder.filter((stage): stage is ResidualStage => stage.kind === 'residual');
    if (sections.length === 0) return null;
    const volume = ([height, width, channels]: readonly [number, number, number]) => height * width * channels;
    return new ResidualScratch(
      Math.max(...sections.map(({ conv }) => volume(conv.output))),
      Math.max(...sections.map(({ output }) => volume(output))),
    );
  }
}

function residualSection(
  parameters: Float32Array,
  stage: ResidualStage,
  x: Float32Array,
  z: Float32Array,
  scratch: ResidualScratch,
): void {
  conv(parameters, stage.conv, x, scratch.beforePool);
  maxPool(stage.conv.output, scratch.beforePool, stage.output, z);
  const size = z.length;
  for (const [first, second] of stage.blocks) {
    for (let i = 0; i < size; i++) scratch.first[i] = Math.max(0, z[i]!);
    conv(parameters, first, scratch.first, scratch.second);
    for (let i = 0; i < size; i++) scratch.second[i] = Math.max(0, scratch.second[i]!);
    conv(parameters, second, scratch.second, scratch.first);
    for (let i = 0; i < size; i++) z[i]! += scratch.first[i]!;
  }
}

/** Window 3×3, stride 2, one pixel around that never wins: windows start at −1, as in PyTorch. */
function maxPool(
  [height, width, channels]: readonly [number, number, number],
  x: Float32Array,
  [outHeight, outWidth]: readonly [number, number, number],
  y: Float32Array,
): void {
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      for (let c = 0; c < channels; c++) {
        let largest = Number.NEGATIVE_INFINITY;
        for (let iy = Math.max(0, 2 * oy - 1); iy <= Math.min(height - 1, 2 * oy + 1); iy++) {
          for (let ix = Math.max(0, 2 * ox - 1); ix <= Math.min(width - 1, 2 * ox + 1); ix++) {
            largest = Math.max(largest, x[(iy * width + ix) * channels + c]!);
          }
        }
        y[(oy * outWidth + ox) * channels + c] = largest;
      }
    }
  }
}

/**
 * One step of one LSTM layer for one row, PyTorch's formulas: gates i, f, g, o = x·W_ih + b_ih + h·W_hh + b_hh; c' = σ(f)·c + σ(i)·tanh(g);
 * h' = σ(o)·tanh(c'). The states [h | c] lie at `at` of `state` and `next`.
 */
function lstmCell(
  parameters: Float32Array,
  stage: LstmStage,
  input: Float32Array,
  inputAt: number,
  state: Float32Array,
  next: Float32Array,
  at: number,
  gates: Float32Array,
): void {
  const { inputSize, hidden, inputKernelAt, recurrentKernelAt, inputBiasAt, recurrentBiasAt } = stage;
  const numGates = 4 * hidden;
  for (let g = 0; g < numGates; g++) gates[g] = parameters[inputBiasAt + g]! + parameters[recurrentBiasAt + g]!;
  addProduct(parameters, inputKernelAt, input, inputAt, inputSize, gates, numGates);
  addProduct(parameters, recurrentKernelAt, state, at, hidden, gates, numGates);
  for (let j = 0; j < hidden; j++) {
    const cell =
      sigmoid(gates[hidden + j]!) * state[at + hidden + j]! + sigmoid(gates[j]!) * tanh(gates[2 * hidden + j]!);
    next[at + hidden + j] = cell;
    next[at + j] = sigmoid(gates[3 * hidden + j]!) * tanh(cell);
  }
}

/** y += x·W */
function addProduct(
  parameters: Float32Array,
  kernelAt: number,
  x: Float32Array,
  xAt: number,
  inputSize: number,
  y: Float32Array,
  outputSize: number,
): void {
  for (let i = 0; i < inputSize; i++) {
    const factor = x[xAt + i]!;
    if (factor === 0) continue;
    const at = kernelAt + i * outputSize;
    for (let o = 0; o < outputSize; o++) y[o]! += factor * parameters[at + o]!;
  }
}

const sigmoid = (x: number): number => 0.5 + 0.5 * tanh(0.5 * x);
