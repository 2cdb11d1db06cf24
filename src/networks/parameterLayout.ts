/** Where each layer of a network lies in the one flat array of parameters, and what each tensor is called outside. */
import { type Activation, encoderShapes } from '../config/encoders.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { lastActionSize } from './lastAction.ts';
import type { NetworkSpec } from './networkSpec.ts';

/** y = activation(x·W + b), with W [inputSize, outputSize] at `kernelAt` and b [outputSize] at `biasAt`. */
export interface DenseStage {
  readonly kind: 'dense';
  readonly inputSize: number;
  readonly outputSize: number;
  readonly kernelAt: number;
  readonly biasAt: number;
  readonly activation: Activation;
}

export type ImageShape = readonly [height: number, width: number, channels: number];

/** Cross-correlation of an image with W [kernel, kernel, in, out] at `kernelAt`; b [out] at `biasAt`. */
export interface ConvStage {
  readonly kind: 'conv';
  readonly input: ImageShape;
  readonly output: ImageShape;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly kernelAt: number;
  readonly biasAt: number;
  readonly activation: Activation;
}

export interface ResidualStage {
  readonly kind: 'residual';
  readonly conv: ConvStage;
  /** After the max-pool. */
  readonly output: ImageShape;
  /** Two convolutions each. */
  readonly blocks: readonly (readonly [ConvStage, ConvStage])[];
}

export interface ReluStage {
  readonly kind: 'relu';
}

export type EncoderStage = DenseStage | ConvStage | ResidualStage | ReluStage;

/**
 * One layer of an LSTM; gates in PyTorch's order i, f, g, o. W_ih [inputSize, 4H], W_hh [H, 4H], two biases [4H] that add up,
 * as in PyTorch.
 */
export interface LstmStage {
  readonly inputSize: number;
  readonly hidden: number;
  readonly inputKernelAt: number;
  readonly recurrentKernelAt: number;
  readonly inputBiasAt: number;
  readonly recurrentBiasAt: number;
}

/** Part of the flat array that is one tensor of the learner's graph. */
export interface Block {
  readonly at: number;
  readonly shape: readonly number[];
}

/**
 * A tensor of a weight file, as a PyTorch module has it. Its element [i, j, …] in `extents` lies at `at` + i·strides[0] + j·strides[1] + …
 * of the flat array; `extents` may split a dimension of `shape`, where PyTorch flattens an image in another order than we do.
 */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly at: number;
  readonly extents: readonly number[];
  readonly strides: readonly number[];
}

/** Where running statistics lie: mean [size], variance [size], and how many samples they are of [1]. */
export interface StatisticsPlace {
  readonly size: number;
  readonly mean: number;
  readonly variance: number;
  readonly count: number;
}

export interface ParameterLayout {
  /** Length of the flat array. */
  readonly size: number;
  /** The first so many are trained; the rest are running statistics. */
  readonly trainableSize: number;
  readonly encoder: readonly EncoderStage[];
  /** Outputs of the encoder. */
  readonly featureSize: number;
  /** Numbers beside the features: last action and last reward. */
  readonly extraSize: number;
  readonly core: readonly LstmStage[];
  /** Policy and baseline in one layer: the last column is the baseline. */
  readonly heads: DenseStage;
  /** State-independent log standard deviations [actionSize], or null. */
  readonly logStdAt: number | null;
  /** Of observations, [observationSize], or null. */
  readonly observationStatistics: StatisticsPlace | null;
  /** Of the discounted return, [1], or null. */
  readonly returnStatistics: StatisticsPlace | null;
  /** Every trained tensor, in the order of the flat array, without gaps. */
  readonly blocks: readonly Block[];
  readonly tensors: readonly NamedTensor[];
}

/** Throws an `EncoderError` if the encoder's layers do not fit together. */
export function parameterLayout(spec: NetworkSpec): ParameterLayout {
  return new LayoutBuilder().build(spec);
}

/** The parameters of an encoder alone. */
export type EncoderLayout = Pick<ParameterLayout, 'trainableSize' | 'encoder' | 'featureSize' | 'blocks'>;

type EncoderSpec = Pick<NetworkSpec, 'encoder' | 'observationSpace'>;

export function encoderLayout(spec: EncoderSpec): EncoderLayout {
  return new LayoutBuilder().buildEncoder(spec);
}

class LayoutBuilder {
  readonly #blocks: Block[] = [];
  readonly #tensors: NamedTensor[] = [];
  #size = 0;

  build(spec: NetworkSpec): ParameterLayout {
    const { observationSpace, actionSpace, lastActionReward, logStd } = spec;
    const { encoder, featureSize } = this.#encoder(spec);
    const extraSize = lastActionReward ? lastActionSize(actionSpace) + 1 : 0;
    const core = this.#core(spec.core, featureSize + extraSize);
    const headInputSize = core.at(-1)?.hidden ?? featureSize + extraSize;
    const distribution = distributionFor(actionSpace);
    const hasLogStd = distribution.kind === 'gaussian' && logStd === 'stateIndependent';
    const policyColumns = hasLogStd ? distribution.actionSize : distribution.outputSize;
    const heads = this.#heads(headInputSize, policyColumns);
    const logStdAt = hasLogStd ? this.#vector('log_std', policyColumns) : null;
    const trainableSize = this.#size;
    const observationStatistics = spec.observationNormalisation
      ? this.#statistics('observation', observationSpace.shape)
      : null;
    const returnStatistics = spec.rewardNormalisation ? this.#statistics('return', [1]) : null;
    return {
      size: this.#size,
      trainableSize,
      encoder,
      featureSize,
      extraSize,
      core,
      heads,
      logStdAt,
      observationStatistics,
      returnStatistics,
      blocks: this.#blocks,
      tensors: this.#tensors,
    };
  }

  buildEncoder(spec: EncoderSpec): EncoderLayout {
    const { encoder, featureSize } = this.#encoder(spec);
    return { trainableSize: this.#size, encoder, featureSize, blocks: this.#blocks };
  }

  #encoder({ encoder: layers, observationSpace }: EncoderSpec): { encoder: EncoderStage[]; featureSize: number } {
    const shapes = encoderShapes(layers, observationSpace.shape);
    const encoder: EncoderStage[] = [];
    let module = 0; // Index within a torch.nn.Sequential, in which activations and the flattening have a place too.
    let isImage = false; // Whether a convolution has put the channels last, so that flattening must be permuted for PyTorch.
    for (const [i, layer] of layers.entries()) {
      const [input, output] = [shapes[i]!, shapes[i + 1]!];
      if (layer.kind === 'relu') {
        encoder.push({ kind: 'relu' });
        module += 1;
        continue;
      }
      if (layer.kind === 'dense') {
        if (isImage) module += 1;
        const size = input.reduce((a, b) => a * b, 1);
        encoder.push(
          this.#dense(`encoder.${module}`, size, layer.width, layer.activation, isImage ? (input as ImageShape) : null),
        );
        isImage = false;
      } else if (layer.kind === 'conv') {
        encoder.push(
          this.#conv(`encoder.${module}`, {
            input: input as ImageShape,
            output: output as ImageShape,
            kernel: layer.kernel,
            stride: layer.stride,
            padding: layer.padding,
            activation: layer.activation,
          }),
        );
        isImage = true;
      } else {
        encoder.push(this.#residual(`encoder.${module}`, input as ImageShape, output as ImageShape));
        isImage = true;
      }
      module += layer.kind === 'residual' || layer.activation === 'linear' ? 1 : 2;
    }
    return { encoder, featureSize: shapes.at(-1)!.reduce((a, b) => a * b, 1) };
  }

  #dense(
    name: string,
    inputSize: number,
    outputSize: number,
    activation: Activation,
    image: ImageShape | null,
  ): DenseStage {
    const kernelAt = this.#block([inputSize, outputSize]);
    const shape = [outputSize, inputSize];
    if (image) {
      const [height, width, channels] = image;
      const extents = [outputSize, channels, height, width];
      const strides = [1, outputSize, width * channels * outputSize, channels * outputSize];
      this.#tensors.push({ name: `${name}.weight`, shape, at: kernelAt, extents, strides });
    } else {
      this.#tensors.push({ name: `${name}.weight`, shape, at: kernelAt, extents: shape, strides: [1, outputSize] });
    }
    const biasAt = this.#vector(`${name}.bias`, outputSize);
    return { kind: 'dense', inputSize, outputSize, kernelAt, biasAt, activation };
  }

  #conv(name: string, stage: Omit<ConvStage, 'kind' | 'kernelAt' | 'biasAt'>): ConvStage {
    const { input, output, kernel } = stage;
    const [inputs, outputs] = [input[2], output[2]];
    const kernelAt = this.#block([kernel, kernel, inputs, outputs]);
    const shape = [outputs, inputs, kernel, kernel];
    const strides = [1, outputs, kernel * inputs * outputs, inputs * outputs];
    this.#tensors.push({ name: `${name}.weight`, shape, at: kernelAt, extents: shape, strides });
    const biasAt = this.#vector(`${name}.bias`, outputs);
    return { kind: 'conv', ...stage, kernelAt, biasAt };
  }

  #residual(name: string, input: ImageShape, output: ImageShape): ResidualStage {
    const filters = output[2];
    const same = { kernel: 3, stride: 1, padding: 1, activation: 'linear' } as const;
    const conv = this.#conv(`${name}.conv`, { input, output: [input[0], input[1], filters], ...same });
    const block = (b: number) =>
      [0, 1].map((c) => this.#conv(`${name}.block${b}.conv${c}`, { input: output, output, ...same })) as unknown as [
        ConvStage,
        ConvStage,
      ];
    return { kind: 'residual', conv, output, blocks: [block(0), block(1)] };
  }

  #core(core: NetworkSpec['core'], inputSize: number): LstmStage[] {
    if (!core) return [];
    const gates = 4 * core.hidden;
    return Array.from({ length: core.layers }, (_, layer) => {
      const size = layer === 0 ? inputSize : core.hidden;
      const kernel = (name: string, rows: number) => {
        const at = this.#block([rows, gates]);
        const shape = [gates, rows];
        this.#tensors.push({ name: `core.${name}_l${layer}`, shape, at, extents: shape, strides: [1, gates] });
        return at;
      };
      return {
        inputSize: size,
        hidden: core.hidden,
        inputKernelAt: kernel('weight_ih', size),
        recurrentKernelAt: kernel('weight_hh', core.hidden),
        inputBiasAt: this.#vector(`core.bias_ih_l${layer}`, gates),
        recurrentBiasAt: this.#vector(`core.bias_hh_l${layer}`, gates),
      };
    });
  }

  #heads(inputSize: number, policyColumns: number): DenseStage {
    const outputSize = policyColumns + 1;
    const kernelAt = this.#block([inputSize, outputSize]);
    const biasAt = this.#block([outputSize]);
    for (const [name, first, columns] of [
      ['policy', 0, policyColumns],
      ['baseline', policyColumns, 1],
    ] as const) {
      const shape = [columns, inputSize];
      this.#tensors.push(
        { name: `${name}.weight`, shape, at: kernelAt + first, extents: shape, strides: [1, outputSize] },
        { name: `${name}.bias`, shape: [columns], at: biasAt + first, extents: [columns], strides: [1] },
      );
    }
    return { kind: 'dense', inputSize, outputSize, kernelAt, biasAt, activation: 'linear' };
  }

  /** Not a block: nothing here is trained. */
  #statistics(name: string, shape: readonly number[]): StatisticsPlace {
    const size = shape.reduce((a, b) => a * b, 1);
    const [mean, variance, count] = [this.#size, this.#size + size, this.#size + 2 * size];
    this.#tensors.push(
      { name: `${name}_mean`, shape, at: mean, extents: [size], strides: [1] },
      { name: `${name}_variance`, shape, at: variance, extents: [size], strides: [1] },
      { name: `${name}_count`, shape: [1], at: count, extents: [1], strides: [1] },
    );
    this.#size += 2 * size + 1;
    return { size, mean, variance, count };
  }

  #vector(name: string, length: number): number {
    const at = this.#block([length]);
    this.#tensors.push({ name, shape: [length], at, extents: [length], strides: [1] });
    return at;
  }

  #block(shape: readonly number[]): number {
    const at = this.#size;
    this.#blocks.push({ at, shape });
    this.#size += shape.reduce((a, b) => a * b, 1);
    return at;
  }
}

/** Visits every element of a tensor in the order of a weight file: its index there and its place in the flat array. */
export function forEachElement(
  { at, extents, strides }: NamedTensor,
  visit: (element: number, at: number) => void,
): void {
  let element = 0;
  const walk = (dimension: number, offset: number): void => {
    for (let i = 0; i < extents[dimension]!; i++) {
      const next = offset + i * strides[dimension]!;
      if (dimension === extents.length - 1) visit(element++, next);
      else walk(dimension + 1, next);
    }
  };
  walk(0, at);
}

/** Multiplications and additions of one forward pass of one observation. */
export function forwardFlops(spec: NetworkSpec): number {
  const { encoder, core, heads } = parameterLayout(spec);
  return [...encoder, ...core, heads].reduce((sum, stage) => sum + flopsOf(stage), 0);
}

/** Multiplications and additions of one stage for one observation. */
export function flopsOf(stage: EncoderStage | LstmStage): number {
  if (!('kind' in stage)) return 2 * (stage.inputSize + stage.hidden) * 4 * stage.hidden;
  switch (stage.kind) {
    case 'dense':
      return 2 * stage.inputSize * stage.outputSize;
    case 'conv':
      return 2 * stage.output[0] * stage.output[1] * stage.output[2] * stage.kernel ** 2 * stage.input[2];
    case 'residual':
      return [stage.conv, ...stage.blocks.flat()].reduce((sum, conv) => sum + flopsOf(conv), 0);
    case 'relu':
      return 0;
  }
}
