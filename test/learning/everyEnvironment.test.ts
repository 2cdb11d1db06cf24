import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { envDefinitions } from '../../src/envs/registry.ts';
import { trainSerially } from './trainSerially.ts';

const discrete = envDefinitions.filter(({ spec }) => spec.actionSpace.kind === 'discrete');

describe('Training in one thread', () => {
  it.each(discrete.map(({ spec }) => spec.id))('makes finite updates on %s, reproducibly', async (env) => {
    const h = hyperparametersOf('cartpole', {
      env,
      numSteps: 5,
      batchSize: 4,
      numEnvsPerActor: 4,
      hiddenDim: 8,
      featureDim: 8,
      lastActionReward: true,
    });
    const [first, second] = [await trainSerially(h, { updates: 2 }), await trainSerially(h, { updates: 2 })];
    expect(first.parameters.every(Number.isFinite)).toBe(true);
    expect(first.parameters).toEqual(second.parameters);
  });
});
