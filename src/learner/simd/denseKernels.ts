import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DenseAttrs, DenseGradAttrs } from '../composedKernels.ts';
import { activate, slope } from './activations.ts';
import type { WasmArrays } from './WasmArrays.ts';

/** activation(x·W + b) */
export function dense(
  arrays: WasmArrays,
  { x, kernel, bias }: Record<'x' | 'kernel' | 'bias', TensorInfo>,
  { activation }: DenseAttrs,
): TensorInfo {
  const [rows, inner] = x.shape as [number, number];
  const columns = kernel.shape[1]!;
  const y = arrays.allocate([rows, columns]);
  const packed = arrays.pack(arrays.at(kernel), inner, columns);
  arrays.kernels.product(arrays.at(x), packed, arrays.at(bias), arrays.at(y), rows, inner, columns);
  activate(arrays, activation, arrays.at(y), rows * columns);
  return y;
}

/** [dW, db], and dx where it is wanted. */
export function denseGrad(
  arrays: WasmArrays,
  { x, kernel, y, dy }: Record<'x' | 'kernel' | 'y' | 'dy', TensorInfo>,
  { activation, wantsInputGradient }: DenseGradAttrs,
): TensorInfo[] {
  const [rows, columns] = dy.shape as [number, number];
  const inner = x.shape[1]!;
  const dz = slope(arrays, activation, arrays.at(dy), arrays.at(y), rows * columns);
  const gradients = [
    arrays.transposedProduct(arrays.at(x), dz, rows, inner, columns),
    arrays.columnSums(dz, rows, columns),
  ];
  if (wantsInputGradient) {
    const dx = arrays.allocate([rows, inner]);
    const packed = arrays.packTransposed(arrays.at(kernel), columns, inner);
    arrays.kernels.clear(arrays.at(dx), rows * inner);
    arrays.kernels.product(dz, packed, 0, arrays.at(dx), rows, columns, inner);
    gradients.push(dx);
  }
  return gradients;
}
