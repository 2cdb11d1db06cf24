/** The networks that speed is measured with: what each sees, and its settings. */
import { defaultHyperparameters, type Hyperparameters } from './hyperparameters.ts';

/** Rollouts of 20 steps in a batch: 640 env steps an update, or as few as learn in few env steps. */
export const batchSizes = { large: 32, small: 8 } as const;

const networks = {
  mlp64: { env: 'CartPole-v1', discount: 0.98 },
  minatarConv: { env: 'MinAtar/Breakout-v1', encoder: 'minatar', featureDim: 128 },
  lstm128: { env: 'CartPoleWithoutVelocities-v1', useLstm: true, hiddenDim: 128, featureDim: 128 },
  /** Its orthogonal initial values alone would take seconds. */
  natureCnn: { env: 'PixelPong-v0', encoder: 'nature', featureDim: 512, initFn: 'xavier_uniform' },
} as const satisfies Record<string, Partial<Hyperparameters>>;

export type BenchmarkNetwork = keyof typeof networks;

export const benchmarkNetworkNames = Object.keys(networks) as readonly BenchmarkNetwork[];

/** Without evaluations, and without "automatic" values but for what a machine decides: actors and storages. */
export const benchmarkHyperparameters = (
  name: BenchmarkNetwork,
  changes: Partial<Hyperparameters>,
): Hyperparameters => ({
  ...defaultHyperparameters,
  numSteps: 20,
  batchSize: batchSizes.large,
  numLearners: 1,
  evalInterval: 0,
  ...networks[name],
  ...changes,
});
