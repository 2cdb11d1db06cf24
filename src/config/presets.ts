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
  memory: {
    title: 'CartPole without velocities',
    doc: 'A task that needs memory. An LSTM solves it within half a million env steps; in lockstep, since it learns best from fresh rollouts.',
    values: {
      env: 'CartPoleWithoutVelocities-v1',
      numTrainSteps: 500000,
      evalInterval: 50000,
      useLstm: true,
      lastActionReward: true,
      observationNormalisation: true,
      rewardNormalisation: true,
      discount: 0.98,
      lr: 0.002,
      entCoef: 0.001,
      numSteps: 40,
      batchSize: 4,
      numActors: 1,
      numEnvsPerActor: 4,
      lockstep: true,
    },
  },
  appo: {
    title: 'CartPole with APPO',
    doc: 'Four epochs of four minibatches over each batch: fewer env steps to a solution, more computing for each.',
    values: { algorithm: 'appo', numEpochs: 4, numMinibatches: 4, discount: 0.98 },
  },
  breakout: {
    title: 'MinAtar Breakout',
    doc: 'Small pixels: one convolution. The curve rises within some hundred thousand env steps.',
    values: { env: 'MinAtar/Breakout-v1', numTrainSteps: 2000000, evalInterval: 200000, lr: 0.001, featureDim: 128 },
  },
  pendulum: {
    title: 'Pendulum',
    doc: 'Continuous actions. APPO swings it up and holds it within 300 000 env steps, with normalised rewards.',
    values: {
      env: 'Pendulum-v1',
      numTrainSteps: 300000,
      evalInterval: 50000,
      algorithm: 'appo',
      numEpochs: 10,
      numMinibatches: 2,
      numSteps: 32,
      batchSize: 16,
      discount: 0.9,
      lr: 0.0005,
      entCoef: 0,
      rewardNormalisation: true,
    },
  },
  deepSea: {
    title: 'Deep sea',
    doc: 'Exploration: a reward for novelty finds the treasure that chance seldom does.',
    values: {
      env: 'bsuite/DeepSea10-v0',
      numTrainSteps: 40000,
      evalInterval: 5000,
      discount: 0.98,
      entCoef: 0.001,
      intrinsicCoef: 0.1,
    },
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
