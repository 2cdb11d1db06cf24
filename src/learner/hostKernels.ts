/**
 * The two fused operations, and a faster tangent, as TensorFlow.js kernels of the engines whose tensors a thread can reach: cpu and wasm. The webgpu
 * ones are in webgpuKernels.ts, which loads only with that backend.
 */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, registerKernel, Tanh, type TensorInfo, unregisterKernel, util } from '@tensorflow/tfjs-core';
import { tanh } from '../networks/tanh.ts';
import { type OptimizerStepSettings, optimizerStep } from './optimizerStep.ts';

export const optimizerStepKernel = 'PronkOptimizerStep';

/** How a kernel reaches the memory of tensors. Views hold until the next allocation. */
interface Host {
  allocate(size: number): TensorInfo;
  view(tensor: TensorInfo): Float32Array;
}

const hosts: Readonly<Record<'cpu' | 'wasm', (backend: unknown) => Host>> = {
  cpu: (backend) => {
    const cpu = backend as MathBackendCPU;
    return {
      allocate: (size) => cpu.makeTensorInfo([size], 'float32', new Float32Array(size)),
      view: (tensor) => cpu.data.get(tensor.dataId).values as Float32Array,
    };
  },
  wasm: (backend) => {
    const wasm = backend as BackendWasm;
    return {
      allocate: (size) => wasm.makeOutput([size], 'float32'),
      view: (tensor) => wasm.typedArrayFromHeap(tensor) as Float32Array,
    };
  },
};

/**
 * Puts our hyperbolic tangent in the place of a backend's, which takes longer than all matrix products of a small network together.
 * To be called when the backend's own kernels are registered.
 */
export function replaceTanh(backendName: 'cpu' | 'wasm'): void {
  unregisterKernel(Tanh, backendName);
  registerKernel({
    kernelName: Tanh,
    backendName,
    kernelFunc: (({ inputs, backend }) => {
      const { x } = inputs as Record<'x', TensorInfo>;
      const { allocate, view } = hosts[backendName](backend);
      const out = allocate(util.sizeFromShape(x.shape));
      const [source, target] = [view(x), view(out)];
      for (let i = 0; i < source.length; i++) target[i] = tanh(source[i]!);
      return { ...out, shape: x.shape };
    }) as KernelFunc,
  });
}

/** Registers both kernels for both backends. Once per thread. */
export function registerHostKernels(): void {
  for (const backendName of ['cpu', 'wasm'] as const) {
    const host = hosts[backendName];
    registerKernel({
      kernelName: optimizerStepKernel,
      backendName,
      kernelFunc: (({ inputs, attrs, backend }) => {
        const { state, gradient, squaredNorm } = inputs as Record<'state' | 'gradient' | 'squaredNorm', TensorInfo>;
        const { allocate, view } = host(backend);
        const out = allocate(util.sizeFromShape(state.shape));
        const norm = Math.sqrt(view(squaredNorm)[0]!);
        optimizerStep(view(state), view(gradient), norm, attrs as unknown as OptimizerStepSettings, view(out));
        return out;
      }) as KernelFunc,
    });
  }
}
