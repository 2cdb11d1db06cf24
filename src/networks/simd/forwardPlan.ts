/**
 * Turns the layout of a network into the calls of kernels that compute it. What belongs to images is done for one row after the other,
 * so that scratch memory stays small and in the cache; dense and recurrent layers take all rows at once, so that a weight is loaded for
 * several of them.
 *
 * Channels of images are padded to a multiple of four. The padded ones are 0, and have weights of 0.
 */
import { type Activation, observationScale } from '../../config/encoders.ts';
import { sizeOf } from '../../envs/spaces.ts';
import { coreStateSize, type NetworkSpec } from '../networkSpec.ts';
import { observationLimit } from '../observationInput.ts';
import type {
  ConvStage,
  DenseStage,
  EncoderStage,
  ImageShape,
  LstmStage,
  ParameterLayout,
  ResidualStage,
} from '../parameterLayout.ts';
import type { Kernels } from './kernels.ts';
import type { Address, MemoryPlan } from './MemoryPlan.ts';

/** Inputs and outputs, as a caller sees them. */
export interface CallerPlaces {
  readonly parameters: Address;
  readonly observation: Address;
  readonly coreState: Address;
  readonly nextCoreState: Address;
}

/** Running statistics of observations, as the normalisation needs them: [observationSize] each. */
export interface NormalisationPlaces {
  readonly mean: Address;
  readonly inverseDeviation: Address;
}

export interface ForwardPlan {
  /** What is to be done after the parameters changed. */
  readonly prepare: readonly ((kernels: Kernels) => void)[];
  /** Observation to features, row by row, then for all rows. */
  readonly encodeRow: readonly ((kernels: Kernels, row: number) => void)[];
  readonly encode: readonly BatchStep[];
  /** Features to heads. Before it, last action and last reward have to be put behind the features. */
  readonly decide: readonly BatchStep[];
  readonly normalisation: NormalisationPlaces | null;
  /** Where features are, with room for last action and last reward behind them. */
  readonly features: Rows;
  /** [rows, policy columns and baseline] */
  readonly heads: Rows;
}

export type BatchStep = (kernels: Kernels, rows: number) => void;

/** Row r begins at `at` + r·`stride`, in bytes. */
export interface Rows {
  readonly at: Address;
  /** 0: memory for one row, which is used for one after the other. */
  readonly stride: number;
}

/** Activations in [groups, paddedSize], of which `size` elements of each group are real: the pixels of an image, or one group. */
interface Tensor extends Rows {
  readonly groups: number;
  readonly size: number;
  readonly paddedSize: number;
}

/** From one element in so many on that is not 0, the kernels for sparse inputs are faster: of a convolution, of a dense layer. */
const scatterShare = 6;
const sparseShare = 2;

const lowestOf = (activation: Activation): number => (activation === 'relu' ? 0 : Number.NEGATIVE_INFINITY);
const padded = (count: number): number => Math.ceil(count / 4) * 4;
const pixelsOf = ([height, width]: ImageShape): number => height * width;

export class ForwardPlanner {
  readonly #spec: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #memory: MemoryPlan;
  readonly #places: CallerPlaces;
  readonly #maxRows: number;
  readonly #prepare: ((kernels: Kernels) => void)[] = [];
  readonly #encodeRow: ((kernels: Kernels, row: number) => void)[] = [];
  readonly #encode: BatchStep[] = [];
  readonly #decide: BatchStep[] = [];
  #normalisation: NormalisationPlaces | null = null;

  constructor(spec: NetworkSpec, layout: ParameterLayout, maxRows: number, memory: MemoryPlan, places: CallerPlaces) {
    this.#spec = spec;
    this.#layout = layout;
    this.#memory = memory;
    this.#places = places;
    this.#maxRows = maxRows;
  }

  plan(): ForwardPlan {
    const features = this.#roomForExtras(this.#planEncoder());
    const coreOutput = this.#planCore(features);
    const { heads } = this.#layout;
    const headOutput = this.#dense(heads, coreOutput, this.#decide);
    return {
      prepare: this.#prepare,
      encodeRow: this.#encodeRow,
      encode: this.#encode,
      decide: this.#decide,
      normalisation: this.#normalisation,
      features,
      heads: headOutput,
    };
  }

  #planEncoder(): Tensor {
    const { encoder } = this.#layout;
    const firstDense = encoder.findIndex(({ kind }) => kind === 'dense');
    const numRowStages = firstDense === -1 ? encoder.length : firstDense;
    let tensor = this.#planInput(numRowStages === 0);
    for (const [i, stage] of encoder.entries()) {
      if (stage.kind === 'dense') tensor = this.#dense(stage, tensor, this.#encode);
      else if (i < numRowStages) tensor = this.#rowStage(stage, tensor, i === numRowStages - 1);
      else this.#reluInPlace(tensor); // No image comes out of a dense layer.
    }
    return tensor;
  }

  #reluInPlace({ at, stride }: Tensor): void {
    this.#encode.push((k, rows) => k.limitBelow(at, at, (rows * stride) / 4, 0));
  }

  /** @param keep  whether the result is wanted for all rows, not for one after the other */
  #rowStage(stage: Exclude<EncoderStage, DenseStage>, x: Tensor, keep: boolean): Tensor {
    if (stage.kind === 'conv') return this.#conv(stage, x, this.#image(stage.output, keep));
    if (stage.kind === 'residual') return this.#residual(stage, x, this.#image(stage.output, keep));
    const count = x.groups * x.paddedSize;
    const y = { ...x, ...this.#rows(count, keep) };
    this.#encodeRow.push((k, row) => k.limitBelow(x.at + row * x.stride, y.at + row * y.stride, count, 0));
    return y;
  }

  /** Floats that need no normalisation are read where the caller puts them. */
  #planInput(keep: boolean): Tensor {
    const { observationSpace } = this.#spec;
    const size = sizeOf(observationSpace);
    const channels = observationSpace.shape.length === 3 ? observationSpace.shape[2]! : size;
    const shape = { groups: size / channels, size: channels, paddedSize: channels };
    const isBytes = observationSpace.dtype === 'uint8';
    const given = { at: this.#places.observation, stride: isBytes ? size : 4 * size };
    const hasStatistics = this.#layout.observationStatistics !== null;
    if (!isBytes && !hasStatistics) return { ...given, ...shape };
    const input = this.#rows(size, keep);
    const scale = observationScale(observationSpace);
    if (isBytes) {
      this.#encodeRow.push((k, row) =>
        k.scaleBytes(given.at + row * given.stride, input.at + row * input.stride, size, scale),
      );
    }
    if (hasStatistics) {
      const source = isBytes ? input : given;
      const [mean, inverseDeviation] = [this.#memory.floats(size), this.#memory.floats(size)];
      this.#normalisation = { mean, inverseDeviation };
      this.#encodeRow.push((k, row) => {
        const [x, y] = [source.at + row * source.stride, input.at + row * input.stride];
        k.normalise(x, mean, inverseDeviation, y, size, observationLimit);
      });
    }
    return { ...input, ...shape };
  }

  #conv(stage: ConvStage, x: Tensor, y: Tensor): Tensor {
    const source = stage.padding === 0 ? x : this.#surrounded(stage.input, stage.padding, x, Number.NEGATIVE_INFINITY);
    this.#convUnpadded(stage, source, y);
    return y;
  }

  /** A convolution of an image that has its padding around it already. */
  #convUnpadded(stage: ConvStage, x: Tensor, y: Tensor): void {
    const { kernel, stride, activation } = stage;
    const height = stage.input[0] + 2 * stage.padding;
    const width = stage.input[1] + 2 * stage.padding;
    const [outHeight, outWidth] = stage.output;
    const channels = x.paddedSize;
    const w = this.#packed(stage.kernelAt, kernel * kernel, x, y.size);
    const bias = this.#packedBias(stage.biasAt, y.size);
    const lineBytes = 4 * width * channels;
    const offsets = this.#memory.table(
      Array.from({ length: outHeight * outWidth }, (_, pixel) => {
        const [oy, ox] = [Math.floor(pixel / outWidth), pixel % outWidth];
        return oy * stride * lineBytes + 4 * ox * stride * channels;
      }),
    );
    const segmentBytes = 4 * kernel * channels;
    const [pixels, outputs] = [outHeight * outWidth, y.paddedSize];
    const lowest = lowestOf(activation);
    const mayScatter = stride === 1;
    this.#encodeRow.push((k, row) => {
      const [from, to] = [x.at + row * x.stride, y.at + row * y.stride];
      if (mayScatter && k.isMostlyZero(from, height * width * channels, scatterShare)) {
        k.scatter(from, height, width, channels, kernel, w, bias, outputs, to, lowest);
      } else {
        k.product(from, offsets, pixels, kernel, segmentBytes, lineBytes, w, bias, outputs, to, 4 * outputs, lowest);
      }
      if (activation === 'tanh') k.tangents(to, pixels * outputs);
    });
  }

  #residual(stage: ResidualStage, x: Tensor, z: Tensor): Tensor {
    const { input, output: convOutput } = stage.conv;
    const beforePool = this.#conv(stage.conv, x, this.#image(convOutput, false));
    const [height, width] = input;
    const channels = z.paddedSize;
    const count = z.groups * channels;
    this.#encodeRow.push((k, row) => k.maxPool(beforePool.at, height, width, channels, z.at + row * z.stride));
    for (const [first, second] of stage.blocks) {
      const hidden = this.#image(stage.output, false);
      this.#convUnpadded(first, this.#surrounded(stage.output, 1, z, 0), hidden);
      this.#convUnpadded(second, this.#surrounded(stage.output, 1, hidden, 0), hidden);
      this.#encodeRow.push((k, row) => k.add(hidden.at, z.at + row * z.stride, count));
    }
    return z;
  }

  /** max(lowest, image) with a border of zeros. */
  #surrounded(shape: ImageShape, padding: number, x: Tensor, lowest: number): Tensor {
    const [height, width] = shape;
    const channels = x.paddedSize;
    const groups = (height + 2 * padding) * (width + 2 * padding);
    const y = { ...x, ...this.#rows(groups * channels, false), groups };
    this.#encodeRow.push((k, row) => k.surround(x.at + row * x.stride, height, width, channels, padding, y.at, lowest));
    return y;
  }

  #dense(stage: DenseStage, x: Tensor, steps: BatchStep[]): Tensor {
    const { outputSize, activation } = stage;
    const outputs = padded(outputSize);
    const y = { ...this.#rows(outputs, true), groups: 1, size: outputSize, paddedSize: outputs };
    const w = this.#packed(stage.kernelAt, x.groups, x, outputSize);
    const bias = this.#packedBias(stage.biasAt, outputSize);
    const inputs = x.groups * x.paddedSize;
    const lowest = lowestOf(activation);
    const multiply = this.#multiply(x, inputs, w, bias, outputs, y, lowest);
    steps.push(x.groups > 1 && x.size === x.paddedSize ? this.#multiplySparse(stage, multiply, x, bias, y) : multiply);
    if (activation === 'tanh') steps.push((k, rows) => k.tangents(y.at, rows * outputs));
    return { ...y, paddedSize: outputSize };
  }

  #multiply(
    x: Rows,
    inputSize: number,
    w: Address,
    bias: Address,
    outputs: number,
    y: Rows,
    lowest: number,
  ): BatchStep {
    const offsets = this.#memory.table(Array.from({ length: this.#maxRows }, (_, row) => row * x.stride));
    const bytes = 4 * inputSize;
    return (k, rows) => k.product(x.at, offsets, rows, 1, bytes, bytes, w, bias, outputs, y.at, y.stride, lowest);
  }

  /** For images after a relu, whose pixels often are 0. The first row tells for all. */
  #multiplySparse(stage: DenseStage, otherwise: BatchStep, x: Rows, bias: Address, y: Rows): BatchStep {
    const { inputSize, outputSize } = stage;
    const w = this.#places.parameters + 4 * stage.kernelAt;
    const list = this.#memory.bytes(8 * inputSize);
    const lowest = lowestOf(stage.activation);
    return (k, rows) => {
      if (!k.isMostlyZero(x.at, inputSize, sparseShare)) otherwise(k, rows);
      else k.sparseProduct(x.at, x.stride, rows, inputSize, w, bias, outputSize, y.at, y.stride, lowest, list);
    };
  }

  /** Copies the features to where last action, last reward and the recurrent state have room behind them. */
  #roomForExtras(features: Tensor): Tensor {
    const { featureSize, extraSize, core } = this.#layout;
    const room = extraSize + (core[0]?.hidden ?? 0);
    if (room === 0) return features;
    const wide = this.#rows(featureSize + room, true);
    this.#encode.push((k, rows) => k.copyRows(features.at, features.stride, wide.at, wide.stride, featureSize, rows));
    const size = featureSize + extraSize;
    return { ...wide, groups: 1, size, paddedSize: size };
  }

  #planCore(features: Tensor): Tensor {
    const stateStride = 4 * coreStateSize(this.#spec);
    let input = features;
    for (const [layer, stage] of this.#layout.core.entries()) {
      const stateAt = 8 * stage.hidden * layer;
      this.#lstm(stage, layer === 0 ? input : this.#roomForState(input, stage), stateAt, stateStride);
      const { hidden } = stage;
      input = {
        at: this.#places.nextCoreState + stateAt,
        stride: stateStride,
        groups: 1,
        size: hidden,
        paddedSize: hidden,
      };
    }
    return input;
  }

  #roomForState(x: Tensor, { inputSize, hidden }: LstmStage): Tensor {
    const wide = { ...x, ...this.#rows(inputSize + hidden, true) };
    this.#decide.push((k, rows) => k.copyRows(x.at, x.stride, wide.at, wide.stride, inputSize, rows));
    return wide;
  }

  /** [x | h]·[W_ih | W_hh], as one product. */
  #lstm(stage: LstmStage, x: Rows, stateAt: number, stateStride: number): void {
    const { inputSize, hidden, inputKernelAt, inputBiasAt, recurrentBiasAt } = stage;
    const numGates = 4 * hidden;
    const gates = this.#rows(numGates, true);
    const total = inputSize + hidden;
    // The two kernels lie one after the other.
    const w = this.#packed(inputKernelAt, 1, { size: total, paddedSize: total }, numGates);
    const bias = this.#packedBias(inputBiasAt, numGates);
    const recurrentBias = this.#packedBias(recurrentBiasAt, numGates);
    this.#prepare.push((k) => k.add(recurrentBias, bias, numGates));
    const state = this.#places.coreState + stateAt;
    const next = this.#places.nextCoreState + stateAt;
    const h = x.at + 4 * inputSize;
    this.#decide.push((k, rows) => k.copyRows(state, stateStride, h, x.stride, hidden, rows));
    this.#decide.push(this.#multiply(x, total, w, bias, numGates, gates, Number.NEGATIVE_INFINITY));
    this.#decide.push((k, rows) => k.lstmCell(gates.at, state, next, hidden, rows, stateStride));
  }

  #packedBias(index: number, outputs: number): Address {
    return this.#packed(index, 1, { size: 1, paddedSize: 1 }, outputs);
  }

  /** Plans a packed copy of the kernel or bias at an index of the parameters. */
  #packed(
    index: number,
    groups: number,
    { size, paddedSize }: Pick<Tensor, 'size' | 'paddedSize'>,
    outputs: number,
  ): Address {
    const source = this.#places.parameters + 4 * index;
    const at = this.#memory.floats(groups * paddedSize * padded(outputs));
    this.#prepare.push((k) => k.pack(source, groups, size, paddedSize, outputs, at));
    return at;
  }

  #image(shape: ImageShape, keep: boolean): Tensor {
    const [groups, channels] = [pixelsOf(shape), padded(shape[2])];
    return { ...this.#rows(groups * channels, keep), groups, size: shape[2], paddedSize: channels };
  }

  #rows(count: number, keep: boolean): Rows {
    const stride = 4 * padded(count);
    return keep
      ? { at: this.#memory.bytes(this.#maxRows * stride), stride }
      : { at: this.#memory.bytes(stride), stride: 0 };
  }
}
