/** Named settings for a task. A preset lists only what differs from the defaults. */
import { defaultHyperparameters, type Hyperparameters } from './hyperparameters.ts';

export interface Preset {
  readonly title: string;
  /** What to expect of it. */
  readonly doc: string;
  readonly values: Partial<Hyperparameters>;
}

export const presets = {
  cartpole: {
    title: 'CartPole',
    doc: 'Solves CartPole-v1 in seconds on two cores.',
    values: { discount: 0.98 },
  },
  rllte: {
    title: 'RLLTE paper machine',
    doc: "RLLTE's own defaults: 45 actors and 4 learners, made for a server. One storage more than its 60, so that none can starve.",
    values: {
      numTrainSteps: 30000000,
      optimizer: 'rmsprop',
      lr: 4e-4,
      maxGradNorm: 40,
      eps: 0.01,
      lossReduction: 'sum',
      numSteps: 80,
      batchSize: 4,
      numActors: 45,
      numEnvsPerActor: 1,
      numLearners: 4,
      numStorages: 61,
      hiddenDim: 512,
      featureDim: 512,
      activation: 'relu',
      lastActionReward: true,
      initFn: 'identity',
    },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

/** The default hyperparameters with those of the preset over them, and `changes` over both. */
export const hyperparametersOf = (name: PresetName, changes: Partial<Hyperparameters> = {}): Hyperparameters => ({
  ...defaultHyperparameters,
  ...presets[name].values,
  ...changes,
});
