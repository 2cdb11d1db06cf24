/** All the shared memory of one run: what the trainer allocates and every worker is handed. */
import { intrinsicWeight } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { lossSums } from '../metrics/metrics.ts';
import { distilledSpecs, numErrorSums } from '../networks/distillation.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { encoderLayout, parameterLayout } from '../networks/parameterLayout.ts';
import { GradientExchange } from './GradientExchange.ts';
import { LiveSettings } from './LiveSettings.ts';
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
  readonly liveSettings: SharedArrayBuffer;
}

export const rolloutSpecFor = (h: Hyperparameters, network: NetworkSpec): RolloutSpec =>
  rolloutSpec(h.numSteps, network);

/** `h` must hold no "automatic" values. */
export function allocateTrainingMemory(h: Hyperparameters, network: NetworkSpec): TrainingMemory {
  const { size } = parameterLayout(network);
  return {
    slots: SlotTable.allocate(h.numStorages),
    rollouts: allocateSlots(rolloutSpecFor(h, network), h.numStorages),
    parameters: ParameterStore.allocate(size),
    progress: Progress.allocate(h.numActors),
    gradients: GradientExchange.allocate(h.numLearners, h.numLearners > 1 ? exchangeSize(h, network) : 0),
    liveSettings: LiveSettings.allocate(h),
  };
}

/** Numbers that learners add up for each update: gradients, sums of the losses, sums of the running statistics. */
function exchangeSize(h: Hyperparameters, network: NetworkSpec): number {
  const { trainableSize, observationStatistics, returnStatistics } = parameterLayout(network);
  const statistics = [observationStatistics, returnStatistics].map((place) => (place ? 1 + 2 * place.size : 0));
  const distillation =
    intrinsicWeight(h) > 0 ? encoderLayout(distilledSpecs(network, h).predictor).trainableSize + numErrorSums : 0;
  return trainableSize + lossSums.length + distillation + statistics.reduce((a, b) => a + b, 0);
}

/** Views of every rollout in the memory. */
export const viewRollouts = (h: Hyperparameters, network: NetworkSpec, memory: TrainingMemory): Rollout[] =>
  viewSlots(rolloutSpecFor(h, network), memory.rollouts);
