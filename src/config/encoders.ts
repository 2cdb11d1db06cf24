/**
 * Encoders as plain data: which layers turn an observation into features. Named ones are made from the hyperparameters; a custom one
 * is written by people as text, "conv 16 3x3 relu, dense 128 relu", and checked here, shapes and all.
 */
import type { ObservationSpace } from '../envs/spaces.ts';
import type { Hyperparameters } from './hyperparameters.ts';

export type Activation = 'tanh' | 'relu' | 'linear';

export interface DenseLayerSpec {
  readonly kind: 'dense';
  /** Number of outputs. What comes in is flattened first. */
  readonly width: number;
  readonly activation: Activation;
}

/** Cross-correlation over an image [height, width, channels] with square kernels and zeros around it. */
export interface ConvLayerSpec {
  readonly kind: 'conv';
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  /** Zeros added on every side. */
  readonly padding: number;
  readonly activation: Activation;
}

/**
 * A section of IMPALA's deep network: convolution 3×3 → max-pool 3×3 with stride 2 and one pixel around → two residual blocks, each
 * z + conv(relu(conv(relu(z)))). It ends without a nonlinearity.
 */
export interface ResidualSectionSpec {
  readonly kind: 'residual';
  readonly filters: number;
}

export interface ReluLayerSpec {
  readonly kind: 'relu';
}

export type EncoderLayer = DenseLayerSpec | ConvLayerSpec | ResidualSectionSpec | ReluLayerSpec;

/** What a layer gives: [features], or [height, width, channels]. */
export type LayerShape = readonly number[];

/** From this many pixels a side on, "auto" takes the encoder made for screens instead of the one made for small grids. */
const smallestScreen = 36;

/** The layers that the hyperparameters ask for on this observation space. Throws what `findEncoderProblem` says of a custom encoder. */
export function encoderLayersFor(h: Hyperparameters, space: ObservationSpace): readonly EncoderLayer[] {
  switch (h.encoder === 'auto' ? automaticEncoder(space) : h.encoder) {
    case 'identity':
      return [];
    case 'mlp':
      return [dense(h.hiddenDim, h.activation), dense(h.featureDim, h.activation)];
    case 'minatar':
      return [conv(16, 3, 1), dense(h.featureDim, 'relu')];
    case 'nature':
      return [conv(32, 8, 4), conv(64, 4, 2), conv(64, 3, 1), dense(h.featureDim, 'relu')];
    case 'resnet':
      return [residual(16), residual(32), residual(32), { kind: 'relu' }, dense(h.featureDim, 'relu')];
    case 'custom':
      return parseEncoder(h.encoderLayers);
  }
}

/** Multi-layer perceptron for vectors, convolutions for images. */
export function automaticEncoder(space: ObservationSpace): 'mlp' | 'minatar' | 'nature' {
  if (space.shape.length !== 3) return 'mlp';
  return Math.min(space.shape[0]!, space.shape[1]!) >= smallestScreen ? 'nature' : 'minatar';
}

/**
 * Reads a custom encoder: layers separated by commas, each one of `dense WIDTH [tanh|relu|linear]`,
 * `conv FILTERS KERNELxKERNEL [stride N] [pad N] [tanh|relu|linear]`, `residual FILTERS`, `relu`. Without a word dense and conv have relu.
 * Throws an `EncoderError` that says which layer cannot be read.
 */
export const parseEncoder = (text: string): EncoderLayer[] => layerTexts(text).map(parseLayer);

/** The text of each layer, read or not. */
export const layerTexts = (text: string): string[] =>
  text
    .split(',')
    .map((layer) => layer.trim().toLowerCase())
    .filter((layer) => layer !== '');

const layerPatterns = {
  dense: /^dense (\d+)(?: (tanh|relu|linear))?$/,
  conv: /^conv (\d+) (\d+)x(\d+)(?: stride (\d+))?(?: pad (\d+))?(?: (tanh|relu|linear))?$/,
  residual: /^residual (\d+)$/,
} as const;

/** Reads one of `layerTexts`. Throws an `EncoderError` if it cannot be read. */
export function parseLayer(text: string): EncoderLayer {
  if (text === 'relu') return { kind: 'relu' };
  const asDense = layerPatterns.dense.exec(text);
  if (asDense) return dense(Number(asDense[1]), (asDense[2] ?? 'relu') as Activation);
  const asResidual = layerPatterns.residual.exec(text);
  if (asResidual) return residual(Number(asResidual[1]));
  const asConv = layerPatterns.conv.exec(text);
  if (!asConv) throw encoderError(`The encoder layer "${text}" cannot be read. ${grammar}`);
  const [, filters, kernel, kernelWidth, stride = '1', padding = '0', activation = 'relu'] = asConv;
  if (kernel !== kernelWidth) throw encoderError(`The kernel of "${text}" must be square, such as 3x3.`);
  return {
    kind: 'conv',
    filters: Number(filters),
    kernel: Number(kernel),
    stride: Number(stride),
    padding: Number(padding),
    activation: activation as Activation,
  };
}

const grammar =
  'Write layers such as "conv 16 3x3 stride 1 pad 0 relu", "residual 32", "relu", "dense 128 tanh", separated by commas.';

/** The text that `parseEncoder` reads back as these layers. */
export const formatEncoder = (layers: readonly EncoderLayer[]): string => layers.map(formatLayer).join(', ');

export function formatLayer(layer: EncoderLayer): string {
  switch (layer.kind) {
    case 'dense':
      return `dense ${layer.width} ${layer.activation}`;
    case 'conv':
      return `conv ${layer.filters} ${layer.kernel}x${layer.kernel} stride ${layer.stride} pad ${layer.padding} ${layer.activation}`;
    case 'residual':
      return `residual ${layer.filters}`;
    case 'relu':
      return 'relu';
  }
}

/** Shape after each layer; the input's own first. Throws an `EncoderError` with a sentence where a layer does not fit. */
export function encoderShapes(layers: readonly EncoderLayer[], input: LayerShape): LayerShape[] {
  const { shapes, problem } = examineEncoder(layers, input);
  if (problem) throw encoderError(problem.message);
  return shapes;
}

export interface EncoderExamination {
  /** Shape after each layer as far as they fit; the input's own first. */
  readonly shapes: LayerShape[];
  /** The first layer that does not fit, and a sentence that says why and what to do; null where all do. */
  readonly problem: { readonly layer: number; readonly message: string } | null;
}

/** How far the layers fit together. */
export function examineEncoder(layers: readonly EncoderLayer[], input: LayerShape): EncoderExamination {
  const shapes: LayerShape[] = [input];
  for (const [i, layer] of layers.entries()) {
    const shape = shapes.at(-1)!;
    const message = findLayerProblem(layer, shape, input);
    if (message) return { shapes, problem: { layer: i, message } };
    shapes.push(shapeAfter(layer, shape));
  }
  const touchesImages = layers.some(({ kind }) => kind === 'conv' || kind === 'residual');
  if (touchesImages && shapes.at(-1)!.length !== 1) {
    const message = 'An encoder with convolutions must end with a dense layer. Add "dense 128 relu".';
    return { shapes, problem: { layer: layers.length - 1, message } };
  }
  return { shapes, problem: null };
}

function findLayerProblem(layer: EncoderLayer, shape: LayerShape, input: LayerShape): string | null {
  if (layer.kind === 'relu') return null;
  if (layer.kind === 'dense') return layer.width < 1 ? 'A dense layer needs at least one unit.' : null;
  if (shape.length !== 3) {
    const given = shape.length === 1 ? `${shape[0]} numbers` : `[${shape.join(', ')}]`;
    const advice = input.length === 3 ? 'Put it before the dense layers.' : 'Use dense layers.';
    return `A ${layer.kind} layer needs an image [height, width, channels], but gets ${given}. ${advice}`;
  }
  if (layer.filters < 1) return `A ${layer.kind} layer needs at least one filter.`;
  if (layer.kind === 'residual') return null;
  if (layer.kernel < 1 || layer.stride < 1) return 'Kernel and stride of a conv layer must be at least 1.';
  if (layer.padding >= layer.kernel) return 'The padding of a conv layer must be smaller than its kernel.';
  const [height, width] = shapeAfter(layer, shape);
  if (height! >= 1 && width! >= 1) return null;
  const zeros = layer.padding ? ` with ${layer.padding} around them` : '';
  return `A kernel of ${layer.kernel}x${layer.kernel} does not fit into ${shape[0]} × ${shape[1]} pixels${zeros}. Use a smaller kernel, fewer layers, or padding.`;
}

/** Of a layer that fits. */
function shapeAfter(layer: EncoderLayer, shape: LayerShape): LayerShape {
  if (layer.kind === 'relu') return shape;
  if (layer.kind === 'dense') return [layer.width];
  const [height, width] = shape as [number, number, number];
  if (layer.kind === 'residual') return [Math.ceil(height / 2), Math.ceil(width / 2), layer.filters];
  const extent = (n: number) => Math.floor((n + 2 * layer.padding - layer.kernel) / layer.stride) + 1;
  return [extent(height), extent(width), layer.filters];
}

/** A sentence that says why this encoder cannot see these observations, or null. */
export function findEncoderProblem(h: Hyperparameters, space: ObservationSpace): string | null {
  try {
    encoderShapes(encoderLayersFor(h, space), space.shape);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What observations are multiplied by before the network sees them: bytes become numbers in [0, 1]. */
export const observationScale = (space: ObservationSpace): number =>
  space.dtype === 'uint8' ? 1 / Math.max(...space.high) : 1;

const dense = (width: number, activation: Activation): DenseLayerSpec => ({ kind: 'dense', width, activation });
const residual = (filters: number): ResidualSectionSpec => ({ kind: 'residual', filters });
const conv = (filters: number, kernel: number, stride: number): ConvLayerSpec => ({
  kind: 'conv',
  filters,
  kernel,
  stride,
  padding: 0,
  activation: 'relu',
});

function encoderError(message: string): Error {
  const error = new Error(message);
  error.name = 'EncoderError';
  return error;
}
