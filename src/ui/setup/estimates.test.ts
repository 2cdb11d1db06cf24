import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import { findEnv } from '../../envs/registry.ts';
import { estimatesOf, outputsOf } from './estimates.ts';

const machine = { hardwareConcurrency: 4 };
const cartPole = findEnv('CartPole-v1').spec;

describe('The estimate of a configuration', () => {
  it('counts the parameters of two layers and two heads', () => {
    const h = hyperparametersOf('cartpole', { hiddenDim: 64, featureDim: 64 });
    const { numParameters, layers } = estimatesOf(h, cartPole, machine)!;
    expect(numParameters).toBe(4 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3);
    expect(layers.map(outputsOf)).toEqual([4, 64, 64, 3]);
  });

  it('counts updates that together hold the whole budget', () => {
    const h = hyperparametersOf('cartpole', { numTrainSteps: 1601, numSteps: 20, batchSize: 8 });
    expect(estimatesOf(h, cartPole, machine)).toMatchObject({ framesPerUpdate: 160, numUpdates: 11 });
  });

  it('takes "automatic" for what it comes to on this machine', () => {
    const h = hyperparametersOf('cartpole', { numActors: 0, numStorages: 0, numEnvsPerActor: 16, batchSize: 8 });
    expect(estimatesOf(h, cartPole, machine)?.numRollouts).toBe(3 * 16 + 2 * 8);
  });

  it('is none while the encoder does not fit the observations', () => {
    const h = hyperparametersOf('cartpole', { encoder: 'custom', encoderLayers: 'conv 16 3x3' });
    expect(estimatesOf(h, cartPole, machine)).toBeNull();
  });

  it('needs memory in proportion to the rollouts', () => {
    const bytes = (numStorages: number) =>
      estimatesOf(hyperparametersOf('cartpole', { numStorages }), cartPole, machine)!.rolloutBytes;
    expect(bytes(200)).toBe(2 * bytes(100));
  });
});
