import { memory, profile, type TensorContainer } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { createEngine, syntheticBatch } from '../learner/createEngine.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkOf } from '../networks/networkOf.ts';
import { memoryOfRun } from './memoryOfRun.ts';

const setUp = (changes: Partial<Hyperparameters>) => {
  const h = hyperparametersOf('cartpole', { numStorages: 32, numActors: 1, device: 'cpu', ...changes });
  const network = networkOf(h);
  return { h, network, memory: memoryOfRun(h, network).learner };
};

/** What TensorFlow.js reports of a first update: bytes at its peak, and of the largest array that a kernel gave. */
async function measured({ h, network }: ReturnType<typeof setUp>) {
  const parameters = initialParameters(network, h.initFn, h.seed, h.initialLogStd);
  const { engine } = await createEngine(h, network, parameters, () => performance.now());
  const batch = syntheticBatch(h, network);
  const { peakBytes, kernels } = await profile(async () => {
    await engine.update(batch, 0.001);
    return null as unknown as TensorContainer;
  });
  engine.dispose();
  const bytesOfOthers = memory().numBytes; // Other tests of this process may leave something.
  const shapes = kernels.flatMap(({ outputShapes }) => outputShapes);
  return {
    peakBytes: peakBytes - bytesOfOthers,
    largest: Math.max(...shapes.map((shape) => 4 * shape.reduce((a, b) => a * b, 1))),
  };
}

describe('The memory of a learner', () => {
  it.each<[string, Partial<Hyperparameters>]>([
    ['dense layers', {}],
    ['an LSTM', { useLstm: true, numSteps: 40 }],
    [
      'convolutions',
      {
        env: 'MinAtar/Breakout-v1',
        encoder: 'custom',
        encoderLayers: 'conv 8 3x3, residual 4, relu, dense 16',
        batchSize: 2,
      },
    ],
  ])('is about what an update of %s takes', async (_, changes) => {
    const configuration = setUp(changes);
    const { peakBytes, largest } = await measured(configuration);
    expect(configuration.memory.total / peakBytes).toBeGreaterThan(0.7);
    expect(configuration.memory.total / peakBytes).toBeLessThan(1.3);
    expect(configuration.memory.largest.bytes).toBe(largest);
  });

  it('is counted array by array', () => {
    const trained = 4 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3;
    const rows = 21 * 8;
    const { memory } = setUp({ numSteps: 20, batchSize: 8, hiddenDim: 64, featureDim: 64 });
    expect(memory).toMatchObject({
      weights: 4 * 3 * trained,
      optimiser: 4 * 4 * trained,
      gradients: 4 * 4 * trained,
      // A step holds two logits of the behaviour policy, the action, and four columns.
      batch: 4 * (rows * (4 + 1) + 160 * 7),
      activations: 4 * rows * 4 * (64 + 64 + 3),
      largest: { what: 'the weights and their running means', bytes: 4 * 3 * trained, growsWithBatch: false },
    });
    expect(memory.total).toBe(4 * 11 * trained + memory.batch + memory.activations);
  });

  it('is most of all the pixels under the kernels, where the network sees screens', () => {
    const screens = { env: 'PixelPong-v0', encoder: 'nature', numSteps: 20, batchSize: 32 } as const;
    const { largest } = setUp(screens).memory;
    expect(largest).toEqual({
      what: 'the pixels under the kernels of a convolution',
      bytes: 4 * 21 * 32 * (8 * 8 * 4) * (20 * 20),
      growsWithBatch: true,
    });
    expect(setUp({ ...screens, numMinibatches: 4 }).memory.largest.bytes).toBe(largest.bytes / 4);
  });

  it('has room for target, random and predicting networks where there are such', () => {
    const { weights } = setUp({}).memory;
    expect(setUp({ algorithm: 'appo' }).memory.weights).toBe((4 / 3) * weights);
    expect(setUp({ intrinsicCoef: 0.1 }).memory.weights).toBeGreaterThan(weights);
  });
});
