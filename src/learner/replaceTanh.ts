import { type KernelFunc, registerKernel, Tanh, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { tanh } from '../networks/tanh.ts';
import { hosts } from './ownKernel.ts';

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
      const out = allocate(x.shape);
      const [source, target] = [view(x), view(out)];
      for (let i = 0; i < source.length; i++) target[i] = tanh(source[i]!);
      return out;
    }) as KernelFunc,
  });
}
