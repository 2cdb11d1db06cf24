/** What follows from the hyperparameters: sizes, counts, and the values that "automatic" stands for. */
import type { Hyperparameters } from './hyperparameters.ts';

/** What the settings need to know of the machine they run on. */
export interface Machine {
  readonly hardwareConcurrency: number;
}

export const framesPerUpdate = (h: Hyperparameters): number => h.numSteps * h.batchSize * h.numLearners;

/** Updates in the whole budget; the last one may go past it by less than one batch. */
export const numUpdates = (h: Hyperparameters): number => Math.ceil(h.numTrainSteps / framesPerUpdate(h));

/** Rollouts that all actors fill at once. */
export const numEnvs = (h: Hyperparameters): number => h.numActors * h.numEnvsPerActor;

/** Fewest storages that cannot starve: every actor filling, every learner reading; in lockstep two rounds are in flight. */
export const fewestStorages = (h: Hyperparameters): number =>
  h.lockstep ? 2 * numEnvs(h) : numEnvs(h) + h.batchSize * h.numLearners;

/** Replaces every "automatic" by the number it stands for on this machine. */
export function resolveAutomatic(h: Hyperparameters, machine: Machine): Hyperparameters {
  const numActors = h.numActors || Math.max(1, machine.hardwareConcurrency - 1);
  const withActors = { ...h, numActors };
  const roomToRunAhead = withActors.lockstep ? 0 : h.batchSize * h.numLearners;
  return { ...withActors, numStorages: h.numStorages || fewestStorages(withActors) + roomToRunAhead };
}

/** The learning rate of update k = 0, 1, 2, …: linear to 0 over the frames of the budget, or constant. */
export function learningRateAt(update: number, h: Hyperparameters): number {
  if (h.lrSchedule === 'constant') return h.lr;
  return h.lr * (1 - Math.min(update * framesPerUpdate(h), h.numTrainSteps) / h.numTrainSteps);
}

/** Weight of the intrinsic reward; 0: there is none. */
export const intrinsicWeight = (h: Hyperparameters): number => h.intrinsicCoef || (h.pretraining ? 1 : 0);
