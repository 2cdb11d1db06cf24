/** Loads the kernels of kernels.as.ts. All of their pointers are byte addresses in the memory they were loaded with. */
/// <reference path="./assemblyScript.d.ts" />
import bytes from './kernels.as.ts?wasm';

type Address = number;

/** What kernels.as.ts exports; its comments say what each does. */
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

/** As much of WebAssembly as is used here. The language's own types leave it to those of browsers and of Node. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly?: WebAssemblyApi };

const pageBytes = 65536;

let compiled: object | null = null;

/** Whether this engine knows the instructions that the kernels are made of. */
export const supportsKernels = (): boolean => wasm?.validate(bytes) ?? false;

/** Zeroed memory of at least `sizeBytes`, which never grows, so that views of it stay valid; and kernels that work on it. */
export function loadKernels(sizeBytes: number): { kernels: Kernels; memory: ArrayBuffer } {
  if (!wasm) throw new Error('There is no WebAssembly here. Use PlainInference.');
  const memory = new wasm.Memory({ initial: Math.ceil(sizeBytes / pageBytes) });
  compiled ??= new wasm.Module(bytes);
  const { exports } = new wasm.Instance(compiled, { env: { memory } });
  return { kernels: exports as Kernels, memory: memory.buffer };
}
