/** Loads the kernels of trainingKernels.as.ts into the memory of TensorFlow.js's wasm backend. */
/// <reference path="../../networks/simd/assemblyScript.d.ts" />
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { instantiate, supports, type WasmMemory } from '../../networks/simd/instantiate.ts';
import bytes from './trainingKernels.as.ts?wasm';
import relaxedBytes from './trainingKernels.as.ts?wasm=relaxed';

export type Address = number;

/** What trainingKernels.as.ts exports; the comments of the files it gathers say what each does. */
export interface TrainingKernels {
  pack(w: Address, inner: number, columns: number, packed: Address): void;
  packTransposed(w: Address, inner: number, columns: number, packed: Address): void;
  product(x: Address, packed: Address, bias: Address, y: Address, rows: number, inner: number, columns: number): void;
  transposedProduct(
    x: Address,
    z: Address,
    y: Address,
    rows: number,
    inner: number,
    columns: number,
    scratch: Address,
  ): void;
  patches(
    x: Address,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernel: number,
    stride: number,
    padding: number,
    y: Address,
  ): void;
  addPatches(
    y: Address,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernel: number,
    stride: number,
    padding: number,
    x: Address,
  ): void;
  clear(y: Address, count: number): void;
  copy(x: Address, y: Address, count: number): void;
  add(x: Address, y: Address, sum: Address, count: number): void;
  columnSums(x: Address, rows: number, columns: number, sums: Address): void;
  tangents(x: Address, y: Address, count: number): void;
  rectify(x: Address, y: Address, count: number): void;
  slopeOfTanh(dy: Address, y: Address, dz: Address, count: number): void;
  slopeOfRelu(dy: Address, y: Address, dz: Address, count: number): void;
  adam(
    state: Address,
    gradient: Address,
    next: Address,
    count: number,
    clip: number,
    learningRate: number,
    beta1: number,
    beta2: number,
    correction1: number,
    correction2: number,
    eps: number,
  ): void;
  rmsprop(
    state: Address,
    gradient: Address,
    next: Address,
    count: number,
    clip: number,
    learningRate: number,
    momentum: number,
    decay: number,
    eps: number,
  ): void;
  keepRows(x: Address, keep: Address, y: Address, rows: number, columns: number): void;
  lstmStep(
    gates: Address,
    cell: Address,
    keep: Address,
    nextCell: Address,
    output: Address,
    rows: number,
    hidden: number,
  ): void;
  lstmStepGradient(
    gates: Address,
    cell: Address,
    keep: Address,
    nextCell: Address,
    outputGradient: Address,
    cellGradient: Address,
    gateGradients: Address,
    rows: number,
    hidden: number,
  ): void;
}

/** Floats that `transposedProduct` needs as scratch. */
export const transposedScratch = (columns: number): number => 128 * (128 + columns + 7);

/** Floats that a matrix takes when it is packed. */
export const packedSize = (inner: number, columns: number): number => inner * 8 * Math.ceil(columns / 8);

/** The best kernels this engine can run in TensorFlow.js's memory; null where it has no SIMD, or where that memory is out of reach. */
export function loadTrainingKernels(backend: BackendWasm): TrainingKernels | null {
  const { asm } = backend.wasm as { asm?: { memory?: WasmMemory } };
  const module = [relaxedBytes, bytes].find(supports);
  return asm?.memory && module ? instantiate(module, asm.memory) : null;
}

/** Kernels whose addresses are places in this memory, rounded as everywhere. Throws where WebAssembly has no SIMD. */
export const kernelsIn = (memory: WasmMemory): TrainingKernels => instantiate(bytes, memory);
