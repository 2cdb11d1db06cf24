/** Whether the arrays of an update fit the GPU. WebGPU tells how large a single one may be, and never how much memory there is. */
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { LearnerMemory } from '../../trainer/memoryOfRun.ts';
import { bytes, count, whole } from '../format.ts';
import type { GpuReport } from './machine.ts';

/** The largest array that a GPU takes, in bytes; null where the learner will not use one. */
export function largestOnGpu(gpu: GpuReport, device: Hyperparameters['device']): number | null {
  if (gpu.status !== 'hardware' && gpu.status !== 'software') return null;
  return device === 'webgpu' || (device === 'auto' && gpu.status === 'hardware') ? gpu.largestArrayBytes : null;
}

/** A sentence that says what does not fit and what to change, or null. `h` without "automatic" values. */
export function gpuMemoryWarning(h: Hyperparameters, { largest }: LearnerMemory, limit: number): string | null {
  if (largest.bytes <= limit) return null;
  const found = `An update needs ${bytes(largest.bytes)} in one array (${largest.what}), and this GPU takes at most ${bytes(limit)}.`;
  return `${found} ${adviceFor(h, largest.growsWithBatch, limit / largest.bytes)} The device "wasm" has no such limit.`;
}

/** @param share of the array that fits */
function adviceFor(h: Hyperparameters, growsWithBatch: boolean, share: number): string {
  if (!growsWithBatch) return 'Make the network narrower.';
  const rollouts = Math.floor((h.batchSize / h.numMinibatches) * share);
  if (rollouts < 1) {
    const steps = Math.floor((h.numSteps + 1) * (h.batchSize / h.numMinibatches) * share) - 1;
    return steps < 1
      ? 'Use a smaller network.'
      : `Learn from one rollout at a time (batch size 1), of at most ${count(steps, 'step')}.`;
  }
  const parts = fewestParts(h.batchSize, rollouts);
  return `Lower the batch size to ${whole(rollouts * h.numMinibatches)}, or split it into ${parts} minibatches.`;
}

/** Fewest equal parts of a batch that have at most so many rollouts each. */
function fewestParts(batchSize: number, rollouts: number): number {
  let parts = Math.ceil(batchSize / rollouts);
  while (batchSize % parts !== 0) parts++;
  return parts;
}
