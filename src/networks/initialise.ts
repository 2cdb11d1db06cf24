/** Initial parameters, by the methods and names of RLLTE. Biases start at 0, except with `identity`, PyTorch's own default. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { RandomStream } from '../math/randomStream.ts';
import type { Activation, NetworkSpec } from './networkSpec.ts';
import {
  type ConvStage,
  type EncoderStage,
  encoderLayout,
  type LstmStage,
  parameterLayout,
} from './parameterLayout.ts';

type InitFn = Hyperparameters['initFn'];

/** Gain of the policy head: close to a uniform policy at the start (Andrychowicz et al. 2021, "What matters in on-policy RL"). */
const policyGain = 0.01;
const baselineGain = 1;

/** All parameters, in the order of the layout. The same seed gives the same numbers on every machine. */
export function initialParameters(
  spec: NetworkSpec,
  initFn: InitFn,
  seed: number,
  logStd = 0,
): Float32Array<ArrayBuffer> {
  const layout = parameterLayout(spec);
  const parameters = new Float32Array(layout.size);
  const initialiser = new Initialiser(parameters, initFn, new RandomStream(seed, 'initialisation'));
  for (const stage of layout.encoder) initialiser.stage(stage);
  for (const stage of layout.core) initialiser.lstm(stage);
  const policyColumns = layout.heads.outputSize - 1;
  initialiser.columns(layout.heads, 0, policyColumns, policyGain);
  initialiser.columns(layout.heads, policyColumns, 1, baselineGain);
  if (layout.logStdAt !== null) parameters.fill(logStd, layout.logStdAt, layout.logStdAt + policyColumns);
  for (const place of [layout.observationStatistics, layout.returnStatistics]) {
    if (place) parameters.fill(1, place.variance, place.variance + place.size);
  }
  return parameters;
}

/** Parameters of an encoder alone, from a stream of its own. */
export function initialEncoder(spec: NetworkSpec, initFn: InitFn, random: RandomStream): Float32Array<ArrayBuffer> {
  const { trainableSize, encoder } = encoderLayout(spec);
  const parameters = new Float32Array(trainableSize);
  const initialiser = new Initialiser(parameters, initFn, random);
  for (const stage of encoder) initialiser.stage(stage);
  return parameters;
}

/** torch.nn.init.calculate_gain */
const gains: Readonly<Record<Activation, number>> = { tanh: 5 / 3, relu: Math.SQRT2, linear: 1 };

/** Part of the flat array seen as a map from `inputSize` to some columns of a kernel [inputSize, stride]. */
interface Columns {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly kernelAt: number;
  readonly biasAt: number;
}

class Initialiser {
  readonly #parameters: Float32Array;
  readonly #initFn: InitFn;
  readonly #random: RandomStream;

  constructor(parameters: Float32Array, initFn: InitFn, random: RandomStream) {
    this.#parameters = parameters;
    this.#initFn = initFn;
    this.#random = random;
  }

  stage(stage: EncoderStage): void {
    if (stage.kind === 'dense') this.columns(stage, 0, stage.outputSize, gains[stage.activation]);
    else if (stage.kind === 'conv') this.#conv(stage, gains[stage.activation]);
    else if (stage.kind === 'residual') {
      this.#conv(stage.conv, 1);
      for (const conv of stage.blocks.flat()) this.#conv(conv, gains.relu);
    }
  }

  /** Each gate is a map of its own. With `identity`, PyTorch's default: everything uniform within ±1 / √hidden. */
  lstm({ inputSize, hidden, inputKernelAt, recurrentKernelAt, inputBiasAt, recurrentBiasAt }: LstmStage): void {
    const outputSize = 4 * hidden;
    if (this.#initFn === 'identity') {
      const end = recurrentBiasAt + outputSize;
      for (let at = inputKernelAt; at < end; at++)
        this.#parameters[at] = uniformWithin(1 / Math.sqrt(hidden), this.#random);
      return;
    }
    for (let gate = 0; gate < 4; gate++) {
      const first = gate * hidden;
      this.columns({ inputSize, outputSize, kernelAt: inputKernelAt, biasAt: inputBiasAt }, first, hidden, 1);
      this.columns(
        { inputSize: hidden, outputSize, kernelAt: recurrentKernelAt, biasAt: recurrentBiasAt },
        first,
        hidden,
        1,
      );
    }
  }

  columns({ inputSize, outputSize, kernelAt, biasAt }: Columns, first: number, columns: number, gain: number): void {
    const weights = weightsFor(this.#initFn, columns, inputSize, gain, this.#random);
    for (let o = 0; o < columns; o++) {
      for (let i = 0; i < inputSize; i++) {
        this.#parameters[kernelAt + i * outputSize + first + o] = weights[o * inputSize + i]!;
      }
      if (this.#initFn === 'identity') {
        this.#parameters[biasAt + first + o] = uniformWithin(1 / Math.sqrt(inputSize), this.#random);
      }
    }
  }

  /** A convolution is a map from the pixels under its kernel. */
  #conv({ input, output, kernel, kernelAt, biasAt }: ConvStage, gain: number): void {
    const inputSize = kernel * kernel * input[2];
    this.columns({ inputSize, outputSize: output[2], kernelAt, biasAt }, 0, output[2], gain);
  }
}

/** Weights [rows, columns] of one linear map, row-major, as PyTorch's [out, in]. */
function weightsFor(initFn: InitFn, rows: number, columns: number, gain: number, random: RandomStream): Float64Array {
  switch (initFn) {
    case 'orthogonal':
      return orthogonal(rows, columns, gain, random);
    case 'xavier_uniform': {
      const bound = gain * Math.sqrt(6 / (rows + columns));
      return Float64Array.from({ length: rows * columns }, () => uniformWithin(bound, random));
    }
    case 'xavier_normal': {
      const deviation = gain * Math.sqrt(2 / (rows + columns));
      return Float64Array.from({ length: rows * columns }, () => deviation * random.normal());
    }
    case 'he_uniform': {
      const bound = gain * Math.sqrt(3 / columns);
      return Float64Array.from({ length: rows * columns }, () => uniformWithin(bound, random));
    }
    case 'he_normal': {
      const deviation = gain / Math.sqrt(columns);
      return Float64Array.from({ length: rows * columns }, () => deviation * random.normal());
    }
    case 'identity': {
      const bound = 1 / Math.sqrt(columns);
      return Float64Array.from({ length: rows * columns }, () => uniformWithin(bound, random));
    }
  }
}

const uniformWithin = (bound: number, random: RandomStream): number => (2 * random.uniform() - 1) * bound;

/**
 * A random matrix [rows, columns] whose shorter side is orthonormal, times `gain` (Saxe et al. 2013): normal numbers made
 * orthogonal by modified Gram and Schmidt.
 */
export function orthogonal(rows: number, columns: number, gain: number, random: RandomStream): Float64Array {
  const [numVectors, length] = rows <= columns ? [rows, columns] : [columns, rows];
  const vectors = Array.from({ length: numVectors }, () => Float64Array.from({ length }, () => random.normal()));
  for (const [index, vector] of vectors.entries()) {
    for (const earlier of vectors.slice(0, index)) addScaled(vector, -dot(vector, earlier), earlier);
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
  }
  const matrix = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      matrix[row * columns + column] = gain * (rows <= columns ? vectors[row]![column]! : vectors[column]![row]!);
    }
  }
  return matrix;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
}
