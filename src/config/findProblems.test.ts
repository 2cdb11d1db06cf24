import { describe, expect, it } from 'vitest';
import { findProblems } from './findProblems.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { hyperparametersOf } from './presets.ts';

const machine = { hardwareConcurrency: 4 };

describe('Problems with a configuration', () => {
  it.each<[Partial<Hyperparameters>, unknown]>([
    [{ batchSize: 0 }, 1],
    [{ batchSize: 5000 }, 4096],
    [{ batchSize: 7.6 }, 8],
    [{ batchSize: 8, numMinibatches: 5 }, 4],
    [{ numStorages: 2 }, 0],
    [{ lockstep: true, numActors: 1, numEnvsPerActor: 16, batchSize: 6 }, 4],
    [{ encoder: 'nature' }, 'auto'],
    [{ evalEnv: 'Pendulum-v1' }, ''],
  ])('are gone with the fix that they offer: %o', (changes, fix) => {
    const h = hyperparametersOf('cartpole', changes);
    const [problem] = findProblems(h, machine);
    expect(problem?.fix).toBe(fix);
    const name = problem!.names[0];
    expect(findProblems({ ...h, [name]: problem!.fix }, machine)).toEqual([]);
  });

  it('offer none where no value is obvious', () => {
    const wrong = { encoder: 'custom', encoderLayers: 'conv 3 3x3' } as const;
    expect(findProblems(hyperparametersOf('cartpole', wrong), machine)).toEqual([
      expect.not.objectContaining({ fix: expect.anything() }),
    ]);
  });
});
