/** The two fused operations as TensorFlow.js kernels of the webgpu backend. */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelFunc, registerKernel, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { optimizerStepKernel } from './hostKernels.ts';
import type { OptimizerStepSettings } from './optimizerStep.ts';
import { optimizerStepProgram, optimizerStepUniforms } from './optimizerStepProgram.ts';

/** Registers both kernels. Once per thread. */
export function registerWebgpuKernels(): void {
  registerKernel({
    kernelName: optimizerStepKernel,
    backendName: 'webgpu',
    kernelFunc: (({ inputs, attrs, backend }) => {
      const { state, gradient, squaredNorm } = inputs as Record<'state' | 'gradient' | 'squaredNorm', TensorInfo>;
      const settings = attrs as unknown as OptimizerStepSettings;
      const size = util.sizeFromShape(gradient.shape);
      const program = optimizerStepProgram(size, settings.optimizer);
      const tensors = [state, gradient, flat(squaredNorm)];
      return run(backend, program, tensors, optimizerStepUniforms(size, settings));
    }) as KernelFunc,
  });
}

type Uniforms = Parameters<WebGPUBackend['runWebGPUProgram']>[3];

const run = (backend: unknown, program: WebGPUProgram, inputs: TensorInfo[], uniforms: NonNullable<Uniforms>) =>
  (backend as WebGPUBackend).runWebGPUProgram(program, inputs, 'float32', uniforms);

/** The same memory seen as one row: the programs index it themselves. */
const flat = (tensor: TensorInfo): TensorInfo => ({ ...tensor, shape: [util.sizeFromShape(tensor.shape)] });
