/** Convolution and its gradient by matrix products with the patches under the kernel (im2col), image by image. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvStage } from '../../networks/parameterLayout.ts';
import type { ConvGradAttrs } from '../imageOperations.ts';
import { activate, slope } from './activations.ts';
import type { Address } from './trainingKernels.ts';
import type { WasmArrays } from './WasmArrays.ts';

/** Sizes in floats: of an image, of its patches as a matrix, of an output. */
const sizesOf = ({ input, output, kernel }: ConvStage) => {
  const [height, width, channels] = input;
  const [outHeight, outWidth, filters] = output;
  return {
    image: height * width * channels,
    positions: outHeight * outWidth,
    patch: kernel * kernel * channels,
    filters,
  };
};

/** Bytes of a float. */
const one = 4;

/** activation(x ⋆ W + b), x [rows, height, width, channels], W [kernel, kernel, channels, filters]. */
export function conv(
  arrays: WasmArrays,
  { x, kernel, bias }: Record<'x' | 'kernel' | 'bias', TensorInfo>,
  stage: ConvStage,
): TensorInfo {
  const rows = x.shape[0]!;
  const { image, positions, patch, filters } = sizesOf(stage);
  const y = arrays.allocate([rows, ...stage.output]);
  const packed = arrays.pack(arrays.at(kernel), patch, filters);
  const patches = arrays.scratch(positions * patch);
  const [from, to, start] = [arrays.at(x), arrays.at(y), arrays.at(bias)];
  for (let row = 0; row < rows; row++) {
    takePatches(arrays, from + row * image * one, stage, patches);
    arrays.kernels.product(patches, packed, start, to + row * positions * filters * one, positions, patch, filters);
  }
  activate(arrays, stage.activation, to, rows * positions * filters);
  return y;
}

/** [dW, db], and dx where it is wanted. */
export function convGrad(
  arrays: WasmArrays,
  { x, kernel, y, dy }: Record<'x' | 'kernel' | 'y' | 'dy', TensorInfo>,
  { stage, wantsInputGradient }: ConvGradAttrs,
): TensorInfo[] {
  const rows = x.shape[0]!;
  const { positions, filters } = sizesOf(stage);
  const dz = slope(arrays, stage.activation, arrays.at(dy), arrays.at(y), rows * positions * filters);
  const gradients = [
    filterGradient(arrays, x, dz, kernel.shape, stage),
    arrays.columnSums(dz, rows * positions, filters),
  ];
  if (wantsInputGradient) gradients.push(inputGradient(arrays, dz, kernel, x.shape, stage));
  return gradients;
}

function filterGradient(arrays: WasmArrays, x: TensorInfo, dz: Address, shape: number[], stage: ConvStage): TensorInfo {
  const { image, positions, patch, filters } = sizesOf(stage);
  const gradient = arrays.allocate(shape);
  const patches = arrays.scratch(positions * patch);
  const room = arrays.transposedScratch(patch);
  const [from, to] = [arrays.at(x), arrays.at(gradient)];
  arrays.kernels.clear(to, patch * filters);
  for (let row = 0; row < x.shape[0]!; row++) {
    takePatches(arrays, from + row * image * one, stage, patches);
    const slopes = dz + row * positions * filters * one;
    arrays.kernels.transposedProduct(patches, slopes, to, positions, patch, filters, room);
  }
  return gradient;
}

function inputGradient(
  arrays: WasmArrays,
  dz: Address,
  kernel: TensorInfo,
  shape: number[],
  stage: ConvStage,
): TensorInfo {
  const { image, positions, patch, filters } = sizesOf(stage);
  const [height, width, channels] = stage.input;
  const [outHeight, outWidth] = stage.output;
  const rows = shape[0]!;
  const gradient = arrays.allocate(shape);
  const packed = arrays.packTransposed(arrays.at(kernel), filters, patch);
  const patches = arrays.scratch(positions * patch);
  const to = arrays.at(gradient);
  arrays.kernels.clear(to, rows * image);
  for (let row = 0; row < rows; row++) {
    arrays.kernels.clear(patches, positions * patch);
    arrays.kernels.product(dz + row * positions * filters * one, packed, 0, patches, positions, filters, patch);
    const { kernel: size, stride, padding } = stage;
    const into = to + row * image * one;
    arrays.kernels.addPatches(patches, height, width, channels, outHeight, outWidth, size, stride, padding, into);
  }
  return gradient;
}

function takePatches(
  arrays: WasmArrays,
  x: Address,
  { input, output, kernel, stride, padding }: ConvStage,
  y: Address,
): void {
  const [height, width, channels] = input;
  const [outHeight, outWidth] = output;
  arrays.kernels.patches(x, height, width, channels, outHeight, outWidth, kernel, stride, padding, y);
}
