/** All the shared memory of one run: what the trainer allocates and every worker is handed. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { lossSums } from '../metrics/metrics.ts';
import { type NetworkSpec, parameterLayout } from '../networks/networkSpec.ts';
import { GradientExchange } from './GradientExchange.ts';
import { ParameterStore } from './ParameterStore.ts';
import { Progress } from './Progress.ts';
import { type Rollout, type RolloutSpec, rolloutSpec } from './rolloutSpec.ts';
import { SlotTable } from './SlotTable.ts';
import { allocateSlots, viewSlots } from './storageLayout.ts';

/** Structured-cloneable: posting it shares the memory. */
export interface TrainingMemory {
  readonly slots: SharedArrayBuffer;
  readonly rollouts: SharedArrayBuffer;
  readonly parameters: SharedArrayBuffer;
  readonly progress: SharedArrayBuffer;
  readonly gradients: SharedArrayBuffer;
}

export const rolloutSpecFor = (h: Hyperparameters, network: NetworkSpec): RolloutSpec =>
  rolloutSpec(h.numSteps, network.observationSpace, network.actionSpace);

/** `h` must hold no "automatic" values. */
export function allocateTrainingMemory(h: Hyperparameters, network: NetworkSpec): TrainingMemory {
  const { size } = parameterLayout(network);
  return {
    slots: SlotTable.allocate(h.numStorages),
    rollouts: allocateSlots(rolloutSpecFor(h, network), h.numStorages),
    parameters: ParameterStore.allocate(size),
    progress: Progress.allocate(h.numActors),
    gradients: GradientExchange.allocate(h.numLearners, h.numLearners > 1 ? size + lossSums.length : 0),
  };
}

/** Views of every rollout in the memory. */
export const viewRollouts = (h: Hyperparameters, network: NetworkSpec, memory: TrainingMemory): Rollout[] =>
  viewSlots(rolloutSpecFor(h, network), memory.rollouts);
