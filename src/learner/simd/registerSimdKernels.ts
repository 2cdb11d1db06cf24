/**
 * Puts kernels of our own with SIMD in the place of those that take most of an update on wasm. Where they cannot be had, what was
 * registered before goes on.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  getKernel,
  type KernelFunc,
  registerKernel,
  Tanh,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { denseGradKernel, denseKernel, joinKernel, splitKernel } from '../composedKernels.ts';
import { convGradKernel, convKernel } from '../imageOperations.ts';
import { lstmGradKernel, lstmKernel } from '../lstmOperation.ts';
import { clipCoefficient, type OptimizerStepAttrs, optimizerStepKernel } from '../optimizerStep.ts';
import { conv, convGrad } from './convKernels.ts';
import { dense, denseGrad } from './denseKernels.ts';
import { join, split } from './flatKernels.ts';
import { lstm, lstmGrad } from './lstmKernels.ts';
import { loadTrainingKernels } from './trainingKernels.ts';
import { WasmArrays } from './WasmArrays.ts';

/** Once per thread, when the backend's own kernels are registered. */
export function registerSimdKernels(backend: BackendWasm): void {
  const kernels = loadTrainingKernels(backend);
  if (!kernels) return;
  const arrays = new WasmArrays(kernels, backend);
  const register = (
    kernelName: string,
    compute: (arrays: WasmArrays, inputs: never, attrs: never) => TensorInfo | TensorInfo[],
  ) => {
    if (getKernel(kernelName, 'wasm')) unregisterKernel(kernelName, 'wasm');
    registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: (({ inputs, attrs }) => {
        const outputs = compute(arrays, inputs as never, attrs as never);
        arrays.freeScratch();
        return outputs;
      }) as KernelFunc,
    });
  };
  register(Tanh, tanh);
  register(splitKernel, split);
  register(joinKernel, join);
  register(denseKernel, dense);
  register(denseGradKernel, denseGrad);
  register(convKernel, conv);
  register(convGradKernel, convGrad);
  register(lstmKernel, lstm);
  register(lstmGradKernel, lstmGrad);
  register(optimizerStepKernel.name, optimizerStep);
}

function tanh(arrays: WasmArrays, { x }: Record<'x', TensorInfo>): TensorInfo {
  const y = arrays.allocate(x.shape);
  arrays.kernels.tangents(
    arrays.at(x),
    arrays.at(y),
    x.shape.reduce((a, b) => a * b, 1),
  );
  return y;
}

function optimizerStep(
  arrays: WasmArrays,
  { state, gradient, squaredNorm, rates }: Record<'state' | 'gradient' | 'squaredNorm' | 'rates', TensorInfo>,
  s: OptimizerStepAttrs,
): TensorInfo {
  const next = arrays.allocate(state.shape);
  const [sum] = arrays.valuesOf(squaredNorm) as unknown as [number];
  const [learningRate, first, second] = arrays.valuesOf(rates) as unknown as [number, number, number];
  const clip = clipCoefficient(Math.sqrt(sum), s.maxGradNorm);
  const [from, slopes, to] = [arrays.at(state), arrays.at(gradient), arrays.at(next)];
  const { momentum, decay, eps } = s;
  if (s.optimizer === 'adam')
    arrays.kernels.adam(from, slopes, to, s.size, clip, learningRate, momentum, decay, first, second, eps);
  else arrays.kernels.rmsprop(from, slopes, to, s.size, clip, learningRate, momentum, decay, eps);
  return next;
}
