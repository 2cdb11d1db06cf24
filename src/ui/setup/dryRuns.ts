/** What the last dry run measured, and whether it still holds for the form. It outlasts a change of view. */
import { type HyperparameterName, type Hyperparameters, hyperparameterNames } from '../../config/hyperparameters.ts';
import type { DryRun } from '../../trainer/dryRun.ts';
import { Store } from '../store.ts';

export interface Measured extends DryRun {
  /** What it was measured with. */
  readonly hyperparameters: Hyperparameters;
}

/** Whether one is under way: nothing else is measured meanwhile. */
export const isDryRunningStore = new Store(false);

export const measuredStore = new Store<Measured | null>(null);

/** Settings that change what is learned, or for how long, and nothing of the speed. */
const withoutEffect: ReadonlySet<HyperparameterName> = new Set([
  'tag',
  'seed',
  'numTrainSteps',
  'lr',
  'lrSchedule',
  'discount',
  'entCoef',
  'baselineCoef',
  'evalInterval',
  'saveInterval',
  'numEvalEpisodes',
  'numFinalEvalEpisodes',
  'evalEnv',
]);

/** Whether a measurement with one configuration says nothing of the other. */
export const differsInSpeed = (a: Hyperparameters, b: Hyperparameters): boolean =>
  hyperparameterNames.some((name) => !withoutEffect.has(name) && a[name] !== b[name]);
