import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import { differsInSpeed } from './dryRuns.ts';

describe('What a dry run measured', () => {
  const measured = hyperparametersOf('cartpole');

  it('holds for another learning rate, seed and budget', () => {
    const h = hyperparametersOf('cartpole', { lr: 1e-5, seed: 9, numTrainSteps: 123_456 });
    expect(differsInSpeed(measured, h)).toBe(false);
  });

  it('does not hold for another network, environment or number of actors', () => {
    expect(differsInSpeed(measured, hyperparametersOf('cartpole', { hiddenDim: 512 }))).toBe(true);
    expect(differsInSpeed(measured, hyperparametersOf('cartpole', { env: 'Acrobot-v1' }))).toBe(true);
    expect(differsInSpeed(measured, hyperparametersOf('cartpole', { numActors: 7 }))).toBe(true);
  });
});
