/** Opens TensorFlow.js backends, with the guards that they lack. */
import { backend, removeBackend, setBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { registerComposedKernels } from './composedKernels.ts';
import type { CompiledProgram, Program } from './KernelProgram.ts';
import { hosts, registerOnHosts } from './ownKernel.ts';
import { ownKernels } from './ownKernels.ts';
import { replaceTanh } from './replaceTanh.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export interface BackendHandle {
  readonly name: BackendName;
  /** What it runs on, for people. */
  readonly description: string;
  /** A GPU made of software: right answers, slow. */
  readonly isSoftware: boolean;
  /** A tensor's values where this thread can reach them, until the next kernel is called; null where they must be sent for. */
  view(tensor: Tensor): Float32Array | null;
  /** Runs a program and gives it in the form that this engine runs fastest; null where that is as it was recorded. */
  readonly compile: ((program: Program, inputs: readonly TensorInfo[]) => CompiledProgram) | null;
  /** Throws if the device reported an error since it was opened: TensorFlow.js would go on with zeros. */
  throwIfFailed(): void;
}

let hostKernelsRegistered = false;

/** Makes a backend the current one of this thread. Throws, with a sentence to show, where it cannot be had. */
export async function openBackend(name: BackendName): Promise<BackendHandle> {
  if (!hostKernelsRegistered) {
    for (const kernel of ownKernels) registerOnHosts(kernel);
    for (const backend of ['webgpu', 'wasm', 'cpu'] as const) registerComposedKernels(backend);
  }
  hostKernelsRegistered = true;
  switch (name) {
    case 'webgpu':
      return (await import('./webgpuBackend.ts')).openWebgpu();
    case 'wasm':
      return (await import('./wasmBackend.ts')).openWasm();
    case 'cpu':
      return openCpu();
  }
}

async function openCpu(): Promise<BackendHandle> {
  await import('@tensorflow/tfjs-backend-cpu');
  replaceTanh('cpu');
  await setBackend('cpu');
  const { view } = hosts.cpu(backend());
  return { name: 'cpu', description: 'JavaScript', isSoftware: false, view, compile: null, throwIfFailed: () => {} };
}

/** Frees everything a backend holds. */
export const closeBackend = (handle: BackendHandle): void => {
  if (handle.name === 'webgpu') removeBackend('webgpu');
};
