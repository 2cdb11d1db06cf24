import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import { networkOf } from '../../networks/networkOf.ts';
import { memoryOfRun } from '../../trainer/memoryOfRun.ts';
import { gpuMemoryWarning, largestOnGpu } from './gpuMemory.ts';

const warningFor = (changes: Parameters<typeof hyperparametersOf>[1], limit: number) => {
  const h = hyperparametersOf('cartpole', { numStorages: 64, ...changes });
  return gpuMemoryWarning(h, memoryOfRun(h, networkOf(h)).learner, limit);
};

/** Needs 275 MB in one array. */
const screens = { env: 'PixelPong-v0', encoder: 'nature', numSteps: 20, batchSize: 32 } as const;

describe('The warning about the memory of the GPU', () => {
  it('is none where every array fits', () => {
    expect(warningFor({}, 2 ** 27)).toBeNull();
    expect(warningFor(screens, 2 ** 31)).toBeNull();
  });

  it('says what is too large, and the batch or minibatches that fit', () => {
    const warning = warningFor(screens, 2 ** 27);
    expect(warning).toContain('275 MB in one array (the pixels under the kernels of a convolution)');
    expect(warning).toContain('at most 134 MB');
    expect(warning).toContain('Lower the batch size to 15, or split it into 4 minibatches.');
    expect(warningFor({ ...screens, batchSize: 15 }, 2 ** 27)).toBeNull();
    expect(warningFor({ ...screens, numMinibatches: 4 }, 2 ** 27)).toBeNull();
  });

  it('asks for shorter rollouts where one is too long, and for fewer weights where those are too many', () => {
    expect(warningFor({ ...screens, numSteps: 500, batchSize: 1 }, 2 ** 27)).toContain('of at most 326 steps');
    expect(warningFor({ ...screens, numSteps: 326, batchSize: 1 }, 2 ** 27)).toBeNull();
    expect(warningFor({ hiddenDim: 4096, featureDim: 4096 }, 2 ** 27)).toContain('Make the network narrower.');
  });

  it('counts only where the learner uses the GPU', () => {
    const hardware = { status: 'hardware', name: 'a GPU', largestArrayBytes: 5 } as const;
    expect(largestOnGpu(hardware, 'auto')).toBe(5);
    expect(largestOnGpu(hardware, 'wasm')).toBeNull();
    expect(largestOnGpu({ ...hardware, status: 'software' }, 'auto')).toBeNull();
    expect(largestOnGpu({ ...hardware, status: 'software' }, 'webgpu')).toBe(5);
    expect(largestOnGpu({ status: 'missing' }, 'webgpu')).toBeNull();
  });
});
