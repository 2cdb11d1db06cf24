/**
 * An operation of our own as a TensorFlow.js kernel: plain loops for the engines whose memory a thread can reach (cpu, wasm), a WGSL
 * program for webgpu. Both sides of each are written next to each other, so that one can be read against the other.
 */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  engine,
  type KernelFunc,
  type NamedAttrMap,
  registerKernel,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';

export interface OwnKernel<Attrs extends object> {
  readonly name: string;
  /** Names of the inputs, all float32; in WGSL flat arrays of these names. */
  readonly inputs: readonly string[];
  outputShape(attrs: Attrs): number[];
  /** Writes `out` whole; it may hold anything before. */
  host(inputs: readonly Float32Array[], attrs: Attrs, out: Float32Array): void;
  /** Threads that `wgsl` needs. Each is called with its index; those beyond must return. */
  numThreads(attrs: Attrs): number;
  /** Uniforms by name: int32 for whole-number types, in this order. */
  uniforms(attrs: Attrs): readonly (readonly [name: string, type: 'int32' | 'float32', value: number])[];
  /** Text of `fn main(index : i32)`, which writes `result[…]`. Whatever changes it must be in `wgslKey`. */
  wgsl(attrs: Attrs): string;
  wgslKey(attrs: Attrs): string;
}

export function runOwnKernel<Attrs extends object>(
  kernel: OwnKernel<Attrs>,
  inputs: readonly Tensor[],
  attrs: Attrs,
): Tensor {
  const named = Object.fromEntries(kernel.inputs.map((name, i) => [name, inputs[i]!]));
  return engine().runKernel(kernel.name, named, attrs as unknown as NamedAttrMap) as Tensor;
}

/** How a kernel reaches the memory of tensors. Views hold until the next allocation. */
interface Host {
  allocate(shape: number[]): TensorInfo;
  view(tensor: TensorInfo): Float32Array;
}

export const hosts: Readonly<Record<'cpu' | 'wasm', (backend: unknown) => Host>> = {
  cpu: (backend) => {
    const cpu = backend as MathBackendCPU;
    return {
      allocate: (shape) => cpu.makeTensorInfo(shape, 'float32', new Float32Array(util.sizeFromShape(shape))),
      view: (tensor) => cpu.data.get(tensor.dataId).values as Float32Array,
    };
  },
  wasm: (backend) => {
    const wasm = backend as BackendWasm;
    return {
      allocate: (shape) => wasm.makeOutput(shape, 'float32'),
      view: (tensor) => wasm.typedArrayFromHeap(tensor) as Float32Array,
    };
  },
};

/** Registers a kernel for cpu and wasm. Once per thread. */
export function registerOnHosts<Attrs extends object>(kernel: OwnKernel<Attrs>): void {
  for (const backendName of ['cpu', 'wasm'] as const) {
    registerKernel({
      kernelName: kernel.name,
      backendName,
      kernelFunc: (({ inputs, attrs, backend }) => {
        const { allocate, view } = hosts[backendName](backend);
        const out = allocate(kernel.outputShape(attrs as unknown as Attrs));
        // Views come after the allocation, which may move the wasm heap.
        const views = kernel.inputs.map((name) => view((inputs as Record<string, TensorInfo>)[name]!));
        kernel.host(views, attrs as unknown as Attrs, view(out));
        return out;
      }) as KernelFunc,
    });
  }
}

const workgroupSize = 64;

/** Registers a kernel for webgpu. Once per thread. */
export function registerOnWebgpu<Attrs extends object>(kernel: OwnKernel<Attrs>): void {
  registerKernel({
    kernelName: kernel.name,
    backendName: 'webgpu',
    kernelFunc: (({ inputs, attrs, backend }) => {
      const settings = attrs as unknown as Attrs;
      const uniforms = kernel.uniforms(settings);
      const numGroups = Math.ceil(kernel.numThreads(settings) / workgroupSize);
      const program = {
        variableNames: [...kernel.inputs],
        outputShape: kernel.outputShape(settings),
        uniforms: uniforms.map(([name, type]) => `${name} : ${type === 'int32' ? 'i32' : 'f32'},`).join(' '),
        shaderKey: `${kernel.name}_${kernel.wgslKey(settings)}`,
        workgroupSize: [workgroupSize, 1, 1] as [number, number, number],
        dispatchLayout: { x: [0] },
        dispatch: dispatchOf(numGroups),
        getUserCode: () => kernel.wgsl(settings),
      };
      const flat = kernel.inputs.map((name) => {
        const tensor = (inputs as Record<string, TensorInfo>)[name]!;
        return { ...tensor, shape: [util.sizeFromShape(tensor.shape)] }; // Programs index their inputs themselves.
      });
      const values = uniforms.map(([, type, value]) => ({ type, data: [value] }));
      return (backend as WebGPUBackend).runWebGPUProgram(program, flat, 'float32', values);
    }) as KernelFunc,
  });
}

/** Groups of threads in up to two dimensions: one alone may have 65 535. TensorFlow.js flattens the index again. */
const dispatchOf = (numGroups: number): [number, number, number] => {
  const columns = Math.min(numGroups, 65_535);
  return [columns, Math.ceil(numGroups / columns), 1];
};
