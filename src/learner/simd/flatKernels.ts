import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SplitAttrs } from '../composedKernels.ts';
import type { WasmArrays } from './WasmArrays.ts';

const bytesPerFloat = 4;

/** Tensors of a flat one. */
export function split(arrays: WasmArrays, { x }: Record<'x', TensorInfo>, { blocks }: SplitAttrs): TensorInfo[] {
  return blocks.map(({ at, shape }) => {
    const y = arrays.allocate(shape);
    arrays.kernels.copy(arrays.at(x) + bytesPerFloat * at, arrays.at(y), util.sizeFromShape(y.shape));
    return y;
  });
}

/** Tensors one after the other as a flat one. */
export function join(arrays: WasmArrays, inputs: Readonly<Record<string, TensorInfo>>): TensorInfo {
  const tensors = Object.values(inputs);
  const sizes = tensors.map(({ shape }) => util.sizeFromShape(shape));
  const y = arrays.allocate([util.sum(sizes)]);
  let to = arrays.at(y);
  for (const [i, tensor] of tensors.entries()) {
    arrays.kernels.copy(arrays.at(tensor), to, sizes[i]!);
    to += bytesPerFloat * sizes[i]!;
  }
  return y;
}
