import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Address, packedSize, type TrainingKernels, transposedScratch } from './trainingKernels.ts';

/** Tensors of the wasm backend as addresses, and room for what a kernel needs meanwhile. */
export class WasmArrays {
  readonly kernels: TrainingKernels;
  readonly #backend: BackendWasm;
  readonly #scratch: TensorInfo[] = [];

  constructor(kernels: TrainingKernels, backend: BackendWasm) {
    this.kernels = kernels;
    this.#backend = backend;
  }

  at(tensor: TensorInfo): Address {
    return this.#backend.getMemoryOffset(tensor.dataId);
  }

  /** Until the next allocation. */
  valuesOf(tensor: TensorInfo): Float32Array {
    return this.#backend.typedArrayFromHeap(tensor) as Float32Array;
  }

  /** Its values are whatever was there before. */
  allocate(shape: readonly number[]): TensorInfo {
    return this.#backend.makeOutput([...shape], 'float32');
  }

  /** Room for so many floats until `freeScratch`. */
  scratch(size: number): Address {
    const tensor = this.allocate([size]);
    this.#scratch.push(tensor);
    return this.at(tensor);
  }

  freeScratch(): void {
    for (const { dataId } of this.#scratch) this.#backend.disposeData(dataId);
    this.#scratch.length = 0;
  }

  /** w [inner, columns], laid out for products. */
  pack(w: Address, inner: number, columns: number): Address {
    const packed = this.scratch(packedSize(inner, columns));
    this.kernels.pack(w, inner, columns, packed);
    return packed;
  }

  /** wᵀ [inner, columns] of w [columns, inner], laid out for products. */
  packTransposed(w: Address, inner: number, columns: number): Address {
    const packed = this.scratch(packedSize(inner, columns));
    this.kernels.packTransposed(w, inner, columns, packed);
    return packed;
  }

  /** xᵀ·z [inner, columns], of x [rows, inner] and z [rows, columns]. */
  transposedProduct(x: Address, z: Address, rows: number, inner: number, columns: number): TensorInfo {
    const y = this.allocate([inner, columns]);
    this.kernels.clear(this.at(y), inner * columns);
    this.kernels.transposedProduct(x, z, this.at(y), rows, inner, columns, this.transposedScratch(columns));
    return y;
  }

  /** Room that `transposedProduct` needs. */
  transposedScratch(columns: number): Address {
    return this.scratch(transposedScratch(columns));
  }

  columnSums(x: Address, rows: number, columns: number): TensorInfo {
    const sums = this.allocate([columns]);
    this.kernels.columnSums(x, rows, columns, this.at(sums));
    return sums;
  }
}
