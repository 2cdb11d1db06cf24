import { describe, expect, it } from 'vitest';
import { algorithmIds } from '../../src/algorithms/registry.ts';
import type { Hyperparameters } from '../../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';

import { initialParameters } from '../../src/networks/initialise.ts';
import { trainSerially } from './trainSerially.ts';

const tiny: Partial<Hyperparameters> = {
  numSteps: 3,
  batchSize: 2,
  numActors: 1,
  numEnvsPerActor: 2,
  numStorages: 4,
  hiddenDim: 4,
  featureDim: 5,
  lastActionReward: true,
  numEpochs: 2,
  numMinibatches: 2,
};

/** An environment of each action space whose observations are vectors. */
const vectorEnvs: readonly string[] = ['CartPole-v1', 'Dials-v0', 'Lights-v0', 'Pendulum-v1'];

const vectorEncoders: readonly Partial<Hyperparameters>[] = [
  { encoder: 'identity' },
  { encoder: 'mlp' },
  { encoder: 'custom', encoderLayers: 'dense 6 relu, dense 5 tanh' },
];

/** Encoders of images play an environment that has some: the heads do not know what is below them. */
const imageEncoders: readonly Partial<Hyperparameters>[] = [
  { env: 'MinAtar/Breakout-v1', encoder: 'minatar' },
  { env: 'MinAtar/Breakout-v1', encoder: 'resnet' },
  { env: 'MinAtar/Breakout-v1', encoder: 'custom', encoderLayers: 'conv 3 3x3 relu, residual 2, relu, dense 5 relu' },
];

/** Nature's needs a whole screen, on which this engine is slow. */
const screen = {
  env: 'PixelPong-v0',
  encoder: 'nature',
  numSteps: 1,
  batchSize: 1,
  numEnvsPerActor: 1,
  numMinibatches: 1,
} as const;

const networks: readonly Partial<Hyperparameters>[] = [
  ...[...vectorEnvs.flatMap((env) => vectorEncoders.map((encoder) => ({ env, ...encoder }))), ...imageEncoders].flatMap(
    (network) => [false, true].map((useLstm) => ({ ...network, useLstm })),
  ),
  { ...screen, useLstm: true },
];

const cases = networks.flatMap((network) => algorithmIds.map((algorithm) => ({ ...network, algorithm })));

describe('Training in one thread', () => {
  it.each(
    cases.map((changes) => ({
      changes,
      name: `${changes.algorithm}, ${changes.encoder}${changes.useLstm ? ' and LSTM' : ''}, ${changes.env}`,
    })),
  )('makes finite updates, reproducibly: $name', async ({ changes }) => {
    const h = hyperparametersOf('cartpole', { ...tiny, ...changes });
    const updates = h.encoder === 'nature' ? 1 : 2;
    // Convolutions take the cpu engine seconds.
    const backend = vectorEnvs.includes(h.env) ? 'cpu' : 'wasm';
    const options = { backend, updates } as const;
    const [first, second] = [await trainSerially(h, options), await trainSerially(h, options)];
    expect(first.parameters.every(Number.isFinite)).toBe(true);
    expect(first.parameters).toEqual(second.parameters);
    expect(first.parameters).not.toEqual(initialParameters(first.network, h.initFn, h.seed, h.initialLogStd));
  });
});
