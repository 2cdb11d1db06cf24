import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { envDefinitions } from '../../src/envs/registry.ts';
import type { ObservationSpace } from '../../src/envs/spaces.ts';
import { trainSerially } from './trainSerially.ts';

/** Convolutions over whole screens take the cpu engine a minute; networks for them are tested on wasm. */
const encoderFor = ({ shape }: ObservationSpace) => (shape.length === 3 && shape[0]! > 36 ? 'mlp' : 'auto');

describe('Training in one thread', () => {
  it.each(envDefinitions.map(({ spec }) => spec))('makes finite updates on $id, reproducibly', async (spec) => {
    const h = hyperparametersOf('cartpole', {
      env: spec.id,
      encoder: encoderFor(spec.observationSpace),
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
