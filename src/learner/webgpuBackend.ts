import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendHandle } from './backends.ts';
import { GpuProgram } from './GpuProgram.ts';
import { registerOnWebgpu } from './ownKernel.ts';
import { ownKernels } from './ownKernels.ts';

let kernelsRegistered = false;

/**
 * Opens the GPU with a device of our own making, since TensorFlow.js listens neither for errors, after which it would compute
 * with zeros, nor for the loss of the device.
 */
export async function openWebgpu(): Promise<BackendHandle> {
  if (!('gpu' in navigator)) throw new Error('This browser has no WebGPU. Choose the device "wasm", or "auto".');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new Error(
      'WebGPU found no graphics adapter: there is none, or the browser refuses it after crashes (restart it then). Choose the device "wasm", or "auto".',
    );
  }
  const device = await adapter.requestDevice({ requiredLimits: limitsOf(adapter) });
  let failure: string | null = null;
  device.addEventListener('uncapturederror', (event) => {
    failure ??= `the GPU rejected an operation (${event.error.message})`;
  });
  device.lost.then((info) => {
    if (info.reason !== 'destroyed') failure ??= `the GPU was lost (${info.message || 'no reason given'})`;
  }, undefined);
  env().set('WEBGPU_CPU_FORWARD', false); // Small tensors would be computed elsewhere, by other kernels.
  // One submission for an update of a small network; of a large one several, since what a submission frees is in use until then.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 48);
  removeBackend('webgpu');
  registerBackend('webgpu', async () => new WebGPUBackend(device, adapter.info));
  if (!kernelsRegistered) {
    for (const kernel of ownKernels) registerOnWebgpu(kernel);
  }
  kernelsRegistered = true;
  if (!(await setBackend('webgpu'))) throw new Error('TensorFlow.js could not start WebGPU. Choose the device "wasm".');
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  return {
    name: 'webgpu',
    description: description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU',
    isSoftware: isFallbackAdapter === true,
    view: () => null,
    compile: (program, inputs) => GpuProgram.compile(backend() as WebGPUBackend, program, inputs),
    throwIfFailed: () => {
      if (failure) throw new Error(`The learner's update failed: ${failure}.`);
    },
  };
}

const limitNames = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

const limitsOf = (adapter: GPUAdapter): Record<string, number> =>
  Object.fromEntries(limitNames.map((name) => [name, adapter.limits[name]]));
