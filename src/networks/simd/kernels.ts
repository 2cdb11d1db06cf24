/** Loads the kernels of kernels.as.ts. All of their pointers are byte addresses in the memory they were loaded with. */
/// <reference path="./assemblyScript.d.ts" />
import { allocateMemory, instantiate, supports } from './instantiate.ts';
import bytes from './kernels.as.ts?wasm';

type Address = number;

/** What kernels.as.ts exports; the comments of the files it gathers say what each does. */
export interface Kernels {
  scaleBytes(bytes: Address, y: Address, count: number, scale: number): void;
  normalise(x: Address, mean: Address, inverseDeviation: Address, y: Address, count: number, limit: number): void;
  limitBelow(x: Address, y: Address, count: number, lowest: number): void;
  add(x: Address, y: Address, count: number): void;
  tangents(x: Address, count: number): void;
  copyRows(x: Address, xStride: number, y: Address, yStride: number, count: number, rows: number): void;
  pack(w: Address, groups: number, groupSize: number, paddedGroupSize: number, outputs: number, packed: Address): void;
  product(
    x: Address,
    offsets: Address,
    rows: number,
    segments: number,
    segmentBytes: number,
    segmentStride: number,
    w: Address,
    bias: Address,
    outputs: number,
    y: Address,
    yStride: number,
    lowest: number,
  ): void;
  isMostlyZero(x: Address, count: number, share: number): number;
  sparseProduct(
    x: Address,
    xStride: number,
    rows: number,
    inputs: number,
    w: Address,
    bias: Address,
    outputs: number,
    y: Address,
    yStride: number,
    lowest: number,
    list: Address,
  ): void;
  scatter(
    x: Address,
    height: number,
    width: number,
    channels: number,
    kernel: number,
    w: Address,
    bias: Address,
    outputs: number,
    y: Address,
    lowest: number,
  ): void;
  surround(
    x: Address,
    height: number,
    width: number,
    channels: number,
    padding: number,
    y: Address,
    lowest: number,
  ): void;
  maxPool(x: Address, height: number, width: number, channels: number, y: Address): void;
  lstmCell(gates: Address, state: Address, next: Address, hidden: number, rows: number, stateStride: number): void;
}

/** Whether this engine knows the instructions that the kernels are made of. */
export const supportsKernels = (): boolean => supports(bytes);

/** Zeroed memory of at least `sizeBytes`, which never grows, so that views of it stay valid; and kernels that work on it. */
export function loadKernels(sizeBytes: number): { kernels: Kernels; memory: ArrayBuffer } {
  const memory = allocateMemory(sizeBytes);
  return { kernels: instantiate(bytes, memory), memory: memory.buffer };
}
