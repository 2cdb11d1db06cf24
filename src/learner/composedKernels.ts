/**
 * Kernels composed of a backend's own: a fully connected layer forward and backward, a flat array split into tensors and joined again.
 * TensorFlow.js's bookkeeping of an operation takes some microseconds, which for a small network is more than the arithmetic;
 * within one of these there is none.
 */
import {
  BatchMatMul,
  Concat,
  type DataId,
  _FusedMatMul as FusedMatMul,
  getKernel,
  type KernelFunc,
  registerKernel,
  Slice,
  Tanh,
  type TensorInfo,
  Transpose,
  util,
} from '@tensorflow/tfjs-core';
import type { Activation } from '../networks/networkSpec.ts';
import type { BackendName } from './backends.ts';
import { columnSumsKernel, slopeKernel } from './gradientKernels.ts';

export const denseKernel = 'PronkDense';
export const denseGradKernel = 'PronkDenseGrad';
export const splitKernel = 'PronkSplit';
export const joinKernel = 'PronkJoin';

export interface DenseAttrs {
  readonly activation: Activation;
}

export interface DenseGradAttrs extends DenseAttrs {
  readonly wantsInputGradient: boolean;
}

export interface SplitAttrs {
  /** Where each tensor begins in the flat array, and its shape. */
  readonly blocks: readonly { readonly at: number; readonly shape: readonly number[] }[];
}

/** The kernels of one backend as functions, and the way to free what they gave. */
class Kernels {
  readonly #name: BackendName;
  readonly #backend: unknown;

  constructor(name: BackendName, backend: unknown) {
    this.#name = name;
    this.#backend = backend;
  }

  call(
    kernel: string,
    inputs: Readonly<Record<string, TensorInfo>> | readonly TensorInfo[],
    attrs: object,
  ): TensorInfo {
    const config = getKernel(kernel, this.#name) as unknown as {
      kernelFunc: (call: { inputs: unknown; attrs: object; backend: unknown }) => TensorInfo;
    };
    return config.kernelFunc({ inputs, attrs, backend: this.#backend });
  }

  free(tensor: TensorInfo): void {
    (this.#backend as { disposeData(id: DataId): boolean }).disposeData(tensor.dataId);
  }

  /** a·b of matrices. */
  product(a: TensorInfo, b: TensorInfo): TensorInfo {
    const product = this.call(BatchMatMul, { a: asBatch(a), b: asBatch(b) }, { transposeA: false, transposeB: false });
    return { ...product, shape: [a.shape[0]!, b.shape[1]!] };
  }

  /** aᵀ·b, transposing first: with a flag the product is twelve times slower on wasm. */
  productWithTransposed(a: TensorInfo, b: TensorInfo): TensorInfo {
    const transposed = this.transpose(a);
    const product = this.product(transposed, b);
    this.free(transposed);
    return product;
  }

  transpose(x: TensorInfo): TensorInfo {
    return this.call(Transpose, { x }, { perm: [1, 0] });
  }
}

/** Registers them for one backend. Once per thread. */
export function registerComposedKernels(backendName: BackendName): void {
  const register = (
    kernelName: string,
    compute: (kernels: Kernels, inputs: never, attrs: never) => TensorInfo | TensorInfo[],
  ) =>
    registerKernel({
      kernelName,
      backendName,
      kernelFunc: (({ inputs, attrs, backend }) =>
        compute(new Kernels(backendName, backend), inputs as never, attrs as never)) as KernelFunc,
    });
  register(denseKernel, dense);
  register(denseGradKernel, denseGrad);
  register(splitKernel, split);
  register(joinKernel, join);
}

/** activation(x·W + b) */
function dense(
  kernels: Kernels,
  { x, kernel, bias }: Record<'x' | 'kernel' | 'bias', TensorInfo>,
  { activation }: DenseAttrs,
): TensorInfo {
  const sums = kernels.call(
    FusedMatMul,
    { a: asBatch(x), b: asBatch(kernel), bias },
    { transposeA: false, transposeB: false, activation: activation === 'relu' ? 'relu' : 'linear' },
  );
  const z = { ...sums, shape: [x.shape[0]!, kernel.shape[1]!] };
  if (activation !== 'tanh') return z;
  const y = kernels.call(Tanh, { x: z }, {});
  kernels.free(z);
  return y;
}

/** [dW, db], and dx where it is wanted. */
function denseGrad(
  kernels: Kernels,
  { x, kernel, y, dy }: Record<'x' | 'kernel' | 'y' | 'dy', TensorInfo>,
  { activation, wantsInputGradient }: DenseGradAttrs,
): TensorInfo[] {
  const [rows, columns] = dy.shape as [number, number];
  const isLinear = activation === 'linear';
  const dz = isLinear ? dy : kernels.call(slopeKernel.name, { dy, y }, { activation, shape: dy.shape });
  const gradients = [
    kernels.productWithTransposed(x, dz),
    kernels.call(columnSumsKernel.name, { x: dz }, { rows, columns }),
  ];
  if (wantsInputGradient) {
    const transposed = kernels.transpose(kernel);
    gradients.push(kernels.product(dz, transposed));
    kernels.free(transposed);
  }
  if (!isLinear) kernels.free(dz);
  return gradients;
}

function split(kernels: Kernels, { x }: Record<'x', TensorInfo>, { blocks }: SplitAttrs): TensorInfo[] {
  return blocks.map(({ at, shape }) => ({
    ...kernels.call(Slice, { x }, { begin: [at], size: [util.sizeFromShape([...shape])] }),
    shape: [...shape],
  }));
}

function join(kernels: Kernels, inputs: Readonly<Record<string, TensorInfo>>): TensorInfo {
  return kernels.call(Concat, Object.values(inputs).map(flat), { axis: 0 });
}

const asBatch = (matrix: TensorInfo): TensorInfo => ({ ...matrix, shape: [1, ...matrix.shape] });

const flat = (tensor: TensorInfo): TensorInfo => ({ ...tensor, shape: [util.sizeFromShape(tensor.shape)] });
