/**
 * The same updates on every engine, two shapes of each in one session: some kernels of TensorFlow.js are right for the first shape only, or
 * keep values from before. One test for each of its traps that the learner goes around.
 */
import { engine, env, type Tensor, tensor, tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { resolveAutomatic } from '../../src/config/derivedSizes.ts';
import { defaultHyperparameters, type Hyperparameters } from '../../src/config/hyperparameters.ts';
import { type BackendName, openBackend } from '../../src/learner/backends.ts';
import { syntheticBatch } from '../../src/learner/createEngine.ts';
import { maxPool } from '../../src/learner/imageOperations.ts';
import { LearnerEngine } from '../../src/learner/LearnerEngine.ts';
import { initialParameters } from '../../src/networks/initialise.ts';
import type { NetworkSpec } from '../../src/networks/networkSpec.ts';
import { networkSpecs } from '../golden/networkSpecs.ts';

const engines: readonly BackendName[] = ['cpu', 'wasm', 'webgpu'];
const shapes = [
  { numSteps: 3, batchSize: 2 },
  { numSteps: 5, batchSize: 3 },
] as const;

const settings = (over: Partial<Hyperparameters>): Hyperparameters =>
  resolveAutomatic({ ...defaultHyperparameters, lr: 0.01, ...over }, { hardwareConcurrency: 2 });

/** One of each kind of layer and of distribution is enough here: all of them are compared with PyTorch elsewhere. */
const compared = networkSpecs.filter(({ name }) =>
  [
    'mlp, LSTM × 2, MultiDiscrete',
    'custom residual, no core, Box',
    'custom with strides and padding, LSTM × 1, MultiBinary',
  ].includes(name),
);

async function parametersAfterUpdates(name: BackendName, network: NetworkSpec): Promise<number[]> {
  const backend = await openBackend(name);
  const results: number[] = [];
  for (const shape of shapes) {
    const h = settings(shape);
    const learner = new LearnerEngine(backend, h, network, initialParameters(network, 'identity', 2, -0.5));
    const batch = syntheticBatch(h, network);
    for (let update = 0; update < 3; update++) results.push(...(await learner.update(batch, 0.01)).parameters);
    learner.dispose();
  }
  return results;
}

describe('All engines', () => {
  it('include three networks to compare', () => {
    expect(compared).toHaveLength(3);
  });

  it.each(compared)('make the same updates: $name', async ({ network }) => {
    const results: number[][] = [];
    for (const name of engines) results.push(await parametersAfterUpdates(name, network));
    for (const result of results.slice(1)) {
      const worst = Math.max(...result.map((value, i) => Math.abs(value - results[0]![i]!)));
      expect(worst).toBeLessThan(2e-4);
    }
  });

  it.each(engines)(
    'give the gradient of a max-pool to the largest pixel, though none is positive: %s',
    async (name) => {
      await openBackend(name);
      const pixels = Float32Array.from({ length: 25 }, (_, i) => -1 - ((i * 7) % 25));
      const x = tensor4d(pixels, [1, 5, 5, 1]);
      const { gradient } = gradientOf((image) => maxPool(image as never, [5, 5, 1], [3, 3, 1]), x, [1, 3, 3, 1]);
      const values = [...((await gradient.data()) as Float32Array)];
      const expected = new Array<number>(25).fill(0);
      for (let oy = 0; oy < 3; oy++) {
        for (let ox = 0; ox < 3; ox++) {
          let best = -1;
          for (let iy = Math.max(0, 2 * oy - 1); iy <= Math.min(4, 2 * oy + 1); iy++) {
            for (let ix = Math.max(0, 2 * ox - 1); ix <= Math.min(4, 2 * ox + 1); ix++) {
              if (best === -1 || pixels[iy * 5 + ix]! > pixels[best]!) best = iy * 5 + ix;
            }
          }
          expected[best]! += 1;
        }
      }
      expect(values).toEqual(expected);
    },
  );

  it('run small operations where they belong: nothing is forwarded to the cpu', async () => {
    await openBackend('webgpu');
    expect(env().getBool('WEBGPU_CPU_FORWARD')).toBe(false);
  });

  it('read the values that an operation has just written', async () => {
    await openBackend('webgpu');
    const h = settings(shapes[0]);
    const { network } = compared[0]!;
    const backend = await openBackend('webgpu');
    const learner = new LearnerEngine(backend, h, network, initialParameters(network, 'identity', 2));
    const batch = syntheticBatch(h, network);
    const first = (await learner.update(batch, 0.01)).parameters.slice();
    const second = (await learner.update(batch, 0.01)).parameters.slice();
    expect(second).not.toEqual(first);
    learner.dispose();
  });

  it('fail the update after an error of the device, instead of going on with zeros', async () => {
    const backend = await openBackend('webgpu');
    const { device } = engine().backend as unknown as { device: GPUDevice };
    device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE }); // An impossible pair.
    await device.queue.onSubmittedWorkDone();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(() => backend.throwIfFailed()).toThrow('the GPU rejected an operation');
  });

  it('read a batch before its memory is filled again', async () => {
    for (const name of engines) {
      await openBackend(name);
      const memory = Float32Array.of(1, 2, 3, 4);
      const doubled = tensor(memory, [2, 2], 'float32').mul(2);
      memory.fill(9);
      expect([...(await doubled.data())], name).toEqual([2, 4, 6, 8]);
      doubled.dispose();
    }
  });
});

function gradientOf(f: (x: Tensor) => Tensor, x: Tensor, shape: number[]): { gradient: Tensor } {
  const dy = tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape, 'float32');
  const { grads } = engine().gradients(() => f(x), [x], dy);
  return { gradient: grads[0]! };
}
