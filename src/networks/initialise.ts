/** Initial parameters, by the methods and names of RLLTE. Biases start at 0, except with `identity`, PyTorch's own default. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { policyOutputSize } from '../envs/spaces.ts';
import { RandomStream } from '../math/randomStream.ts';
import { type DenseLayer, type NetworkSpec, parameterLayout } from './networkSpec.ts';

type InitFn = Hyperparameters['initFn'];

/** Gain of the policy head: close to a uniform policy at the start (Andrychowicz et al. 2021, "What matters in on-policy RL"). */
const policyGain = 0.01;
const baselineGain = 1;

/** All parameters, in the order of the layout. The same seed gives the same numbers on every machine. */
export function initialParameters(spec: NetworkSpec, initFn: InitFn, seed: number): Float32Array<ArrayBuffer> {
  const layout = parameterLayout(spec);
  const parameters = new Float32Array(layout.size);
  const random = new RandomStream(seed, 'initialisation');
  const hiddenGain = spec.encoder.activation === 'relu' ? Math.SQRT2 : 5 / 3; // torch.nn.init.calculate_gain
  for (const layer of layout.encoder) {
    initialiseColumns(parameters, layer, 0, layer.outputSize, hiddenGain, initFn, random);
  }
  const numPolicyOutputs = policyOutputSize(spec.actionSpace);
  initialiseColumns(parameters, layout.heads, 0, numPolicyOutputs, policyGain, initFn, random);
  initialiseColumns(parameters, layout.heads, numPolicyOutputs, 1, baselineGain, initFn, random);
  return parameters;
}

function initialiseColumns(
  parameters: Float32Array,
  layer: DenseLayer,
  firstColumn: number,
  columns: number,
  gain: number,
  initFn: InitFn,
  random: RandomStream,
): void {
  const { inputSize } = layer;
  const weights = weightsFor(initFn, columns, inputSize, gain, random);
  for (let o = 0; o < columns; o++) {
    for (let i = 0; i < inputSize; i++) {
      parameters[layer.kernelAt + i * layer.outputSize + firstColumn + o] = weights[o * inputSize + i]!;
    }
    if (initFn === 'identity') {
      parameters[layer.biasAt + firstColumn + o] = uniformWithin(1 / Math.sqrt(inputSize), random);
    }
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
