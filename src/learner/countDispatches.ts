/** What an update costs in calls: compute dispatches of the GPU, or kernels of TensorFlow.js where the thread itself computes. */
import { profile } from '@tensorflow/tfjs-core';

/** Runs some work on webgpu; returns the number of compute dispatches it made. */
export async function countGpuDispatches(work: () => Promise<void>): Promise<number> {
  const { prototype } = GPUComputePassEncoder;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = prototype;
  let count = 0;
  prototype.dispatchWorkgroups = function (...sizes) {
    count += 1;
    return dispatchWorkgroups.apply(this, sizes);
  };
  prototype.dispatchWorkgroupsIndirect = function (...place) {
    count += 1;
    return dispatchWorkgroupsIndirect.apply(this, place);
  };
  try {
    await work();
  } finally {
    Object.assign(prototype, { dispatchWorkgroups, dispatchWorkgroupsIndirect });
  }
  return count;
}

/** Runs some work on wasm or cpu; returns the number of kernels that TensorFlow.js called. */
export async function countKernels(work: () => Promise<void>): Promise<number> {
  const { kernels } = await profile(async () => {
    await work();
    return [];
  });
  return kernels.length;
}
