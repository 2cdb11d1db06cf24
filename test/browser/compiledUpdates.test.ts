import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { resolveAutomatic } from '../../src/config/derivedSizes.ts';
import { defaultHyperparameters, type Hyperparameters } from '../../src/config/hyperparameters.ts';
import { type BackendHandle, openBackend } from '../../src/learner/backends.ts';
import { countGpuDispatches } from '../../src/learner/countDispatches.ts';
import { syntheticBatch } from '../../src/learner/createEngine.ts';
import { LearnerEngine } from '../../src/learner/LearnerEngine.ts';
import { initialParameters } from '../../src/networks/initialise.ts';
import { networkOf } from '../../src/networks/networkOf.ts';

/** Small, since the GPU may be made of software. */
const small: Partial<Hyperparameters> = { numSteps: 3, batchSize: 2, numEnvsPerActor: 2, featureDim: 4, hiddenDim: 4 };

const networks: Readonly<Record<string, Partial<Hyperparameters>>> = {
  'dense layers, Adam': { optimizer: 'adam' },
  'an LSTM': { env: 'CartPoleWithoutVelocities-v1', useLstm: true, lastActionReward: true },
  convolutions: { env: 'MinAtar/Breakout-v1', encoder: 'minatar' },
  'continuous actions, in minibatches': { env: 'Pendulum-v1', algorithm: 'appo', numEpochs: 2, numMinibatches: 2 },
  'an intrinsic reward': { env: 'bsuite/DeepSea10-v0', intrinsicCoef: 0.5 },
};

/** One is recorded, the next one compiled, and from then on they are given again; after the third, the gradient is recorded anew. */
const numUpdates = 5;

/** Parameters after each update, of batches that differ, with a learning rate that falls and an entropy cost that changes once. */
async function train(backend: BackendHandle, h: Hyperparameters): Promise<Float32Array[]> {
  const network = networkOf(h);
  const engine = new LearnerEngine(backend, h, network, initialParameters(network, h.initFn, h.seed, h.initialLogStd));
  const made: Float32Array[] = [];
  for (let k = 0; k < numUpdates; k++) {
    const batch = syntheticBatch(h, network);
    for (let i = 0; i < batch.observation.length; i++) batch.observation[i]! *= 1 - 0.1 * k;
    if (k === 3) engine.entCoef = 0.02;
    const { parameters } = await engine.update(batch, h.lr / (k + 1));
    made.push(parameters.slice());
  }
  const { parameters } = await engine.exportState();
  made.push(parameters);
  engine.dispose();
  return made;
}

describe.each(['wasm', 'webgpu'] as const)('An update compiled for %s', (device) => {
  it.each(Object.entries(networks))('computes what its kernels compute, to the last bit: %s', async (_, changes) => {
    const h = resolveAutomatic({ ...defaultHyperparameters, ...small, ...changes, device }, navigator);
    const backend = await openBackend(device);
    const compiled = await train(backend, h);
    const kernelByKernel = await train({ ...backend, compile: null }, h);
    expect(compiled).toEqual(kernelByKernel);
    expect(new Set(compiled.map(String)).size).toBe(numUpdates); // It learned each time; the last one twice.
    backend.throwIfFailed();
  });
});

describe('Updates one after the other', () => {
  it('make no tensors on wasm but for their inputs, and leave none', async () => {
    const h = resolveAutomatic({ ...defaultHyperparameters, ...small, device: 'wasm' }, navigator);
    const network = networkOf(h);
    const engine = new LearnerEngine(
      await openBackend('wasm'),
      h,
      network,
      initialParameters(network, h.initFn, h.seed),
    );
    const batch = syntheticBatch(h, network);
    for (let k = 0; k < 3; k++) await engine.update(batch, h.lr);
    const { numTensors } = engine;
    const { prototype } = BackendWasm;
    const { write } = prototype;
    let made = 0;
    prototype.write = function (...tensor) {
      made += 1;
      return write.apply(this, tensor);
    };
    try {
      await engine.update(batch, h.lr);
      expect(made).toBe(3); // Observations, steps, and the rates of the optimiser.
      expect(engine.numTensors).toBe(numTensors);
    } finally {
      prototype.write = write;
    }
    engine.dispose();
  });

  it('make no buffers on webgpu', async () => {
    const h = resolveAutomatic({ ...defaultHyperparameters, ...small, device: 'webgpu' }, navigator);
    const network = networkOf(h);
    const backend = await openBackend('webgpu');
    const engine = new LearnerEngine(backend, h, network, initialParameters(network, h.initFn, h.seed));
    const batch = syntheticBatch(h, network);
    const update = async () => void (await engine.update(batch, h.lr));
    for (let k = 0; k < 3; k++) await update();
    const { prototype } = GPUDevice;
    const { createBuffer, createBindGroup } = prototype;
    let created = 0;
    prototype.createBuffer = function (descriptor) {
      created += 1;
      return createBuffer.call(this, descriptor);
    };
    prototype.createBindGroup = function (descriptor) {
      created += 1;
      return createBindGroup.call(this, descriptor);
    };
    try {
      expect(await countGpuDispatches(update)).toBeGreaterThan(10);
      expect(created).toBe(0);
    } finally {
      Object.assign(prototype, { createBuffer, createBindGroup });
    }
    engine.dispose();
  });
});
