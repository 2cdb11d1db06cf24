/** How much memory a run takes, from the layouts that allocate it. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { slotSizeBytes } from '../rollout/storageLayout.ts';
import { rolloutSpecFor } from '../rollout/trainingMemory.ts';

export interface MemoryOfRun {
  /** Shared by actors and learners: every storage. */
  readonly rolloutBytes: number;
  /** Weights, and the two running means that an optimiser keeps of each. */
  readonly learnerBytes: number;
  /** The largest array that a learner's engine holds at once: observations of a batch, or outputs of a layer on them. */
  readonly largestTensorBytes: number;
}

/**
 * @param h without "automatic" values
 * @param layerSizes outputs of each layer for one observation
 */
export function memoryOfRun(h: Hyperparameters, network: NetworkSpec, layerSizes: readonly number[]): MemoryOfRun {
  const observations = (h.numSteps + 1) * h.batchSize;
  return {
    rolloutBytes: h.numStorages * slotSizeBytes(rolloutSpecFor(h, network)),
    learnerBytes: 3 * Float32Array.BYTES_PER_ELEMENT * parameterLayout(network).size,
    largestTensorBytes: Float32Array.BYTES_PER_ELEMENT * observations * Math.max(...layerSizes),
  };
}
