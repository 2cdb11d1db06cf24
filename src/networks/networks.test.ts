import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import { initialParameters, orthogonal } from './initialise.ts';
import { type NetworkSpec, networkSpecFor } from './networkSpec.ts';
import { type DenseStage, forEachElement, forwardFlops, parameterLayout } from './parameterLayout.ts';
import { PlainInference } from './policyInference.ts';
import { clipReward } from './rewardClipping.ts';

const cartPole = findEnv('CartPole-v1').spec;
const specWith = (over: Parameters<typeof hyperparametersOf>[1] = {}): NetworkSpec =>
  networkSpecFor(cartPole, hyperparametersOf('cartpole', over));

describe('The layout of parameters', () => {
  it('gives every parameter one place and one name', () => {
    const layout = parameterLayout(specWith({ hiddenDim: 5, featureDim: 3, lastActionReward: true }));
    const owners = new Uint8Array(layout.size);
    for (const tensor of layout.tensors) {
      forEachElement(tensor, (_, at) => {
        owners[at]! += 1;
      });
    }
    expect(owners.every((count) => count === 1)).toBe(true);
  });

  it('names tensors as a PyTorch module would, with its shapes', () => {
    const { tensors, size } = parameterLayout(specWith({ hiddenDim: 64, featureDim: 32 }));
    expect(Object.fromEntries(tensors.map(({ name, shape }) => [name, shape]))).toEqual({
      'encoder.0.weight': [64, 4],
      'encoder.0.bias': [64],
      'encoder.2.weight': [32, 64],
      'encoder.2.bias': [32],
      'policy.weight': [2, 32],
      'policy.bias': [2],
      'baseline.weight': [1, 32],
      'baseline.bias': [1],
    });
    expect(size).toBe(64 * 4 + 64 + 32 * 64 + 32 + 3 * 32 + 3);
  });

  it('counts two operations for each weight of a forward pass', () => {
    expect(forwardFlops(specWith({ hiddenDim: 64, featureDim: 32 }))).toBe(2 * (4 * 64 + 64 * 32 + 32 * 3));
  });
});

describe('Initial parameters', () => {
  it('are the same for the same seed, and others for another', () => {
    const spec = specWith();
    expect(initialParameters(spec, 'orthogonal', 1)).toEqual(initialParameters(spec, 'orthogonal', 1));
    expect(initialParameters(spec, 'orthogonal', 1)).not.toEqual(initialParameters(spec, 'orthogonal', 2));
  });

  it.each([
    [4, 7],
    [7, 4],
    [5, 5],
  ])('have an orthonormal shorter side: %i × %i', (rows, columns) => {
    const gain = 1.5;
    const matrix = orthogonal(rows, columns, gain, new RandomStream(1, 'initialisation'));
    const at = (i: number, k: number) => (rows <= columns ? matrix[i * columns + k]! : matrix[k * columns + i]!);
    const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        let product = 0;
        for (let k = 0; k < length; k++) product += at(i, k) * at(j, k);
        expect(product).toBeCloseTo(i === j ? gain ** 2 : 0, 10);
      }
    }
  });

  it.each(['xavier_uniform', 'xavier_normal', 'he_uniform', 'he_normal', 'identity', 'orthogonal'] as const)(
    'are spread as %s says',
    (initFn) => {
      const spec = specWith({ hiddenDim: 256, featureDim: 256 });
      const { encoder } = parameterLayout(spec);
      const { kernelAt, inputSize, outputSize, biasAt } = encoder[1] as DenseStage;
      const parameters = initialParameters(spec, initFn, 3);
      const weights = parameters.subarray(kernelAt, kernelAt + inputSize * outputSize);
      const deviation = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
      const gain = 5 / 3;
      const expected = {
        xavier_uniform: gain * Math.sqrt(2 / 512),
        he_uniform: gain / Math.sqrt(256),
        he_normal: gain / Math.sqrt(256),
        xavier_normal: gain * Math.sqrt(2 / 512),
        identity: 1 / Math.sqrt(3 * 256),
        orthogonal: gain / Math.sqrt(256),
      }[initFn];
      expect(deviation / expected).toBeCloseTo(1, 1);
      expect(parameters.subarray(biasAt, biasAt + outputSize).every((bias) => bias === 0)).toBe(initFn !== 'identity');
    },
  );
});

describe('Inference', () => {
  it('computes each row by itself, as the formulas say', () => {
    const spec = specWith({ hiddenDim: 6, featureDim: 5, lastActionReward: true });
    const parameters = initialParameters(spec, 'identity', 5);
    const inference = new PlainInference(spec, 3);
    inference.parameters.set(parameters);
    inference.parametersChanged();
    const random = new RandomStream(2, 'measurement');
    for (let i = 0; i < inference.observation.length; i++) inference.observation[i] = random.normal();
    inference.lastAction.set([-1, 0, 1]);
    inference.lastReward.set([0, 0.5, -2]);
    inference.forward(3);
    for (let row = 0; row < 3; row++) {
      const { logits, value } = forwardByHand(spec, parameters, {
        observation: [...inference.observation.slice(row * 4, row * 4 + 4)],
        lastAction: inference.lastAction[row]!,
        lastReward: inference.lastReward[row]!,
      });
      expect(inference.policyOutputs[2 * row]).toBeCloseTo(logits[0]!, 5);
      expect(inference.policyOutputs[2 * row + 1]).toBeCloseTo(logits[1]!, 5);
      expect(inference.baseline[row]).toBeCloseTo(value, 5);
    }
  });
});

describe('Reward clipping', () => {
  it('limits, squashes, or leaves a reward as it is', () => {
    expect([-3, 0.5, 2].map((r) => clipReward(r, 'absOne'))).toEqual([-1, 0.5, 1]);
    expect(clipReward(7, 'none')).toBe(7);
    expect(clipReward(2, 'softAsymmetric')).toBeCloseTo(5 * Math.tanh(0.4), 12);
    expect(clipReward(-2, 'softAsymmetric')).toBeCloseTo(-1.5 * Math.tanh(0.4), 12);
  });
});

function forwardByHand(
  spec: NetworkSpec,
  parameters: Float32Array,
  input: { observation: number[]; lastAction: number; lastReward: number },
) {
  const named = Object.fromEntries(parameterLayout(spec).tensors.map((tensor) => [tensor.name, tensor]));
  const linear = (module: string, x: number[]) => {
    const { shape, at, strides } = named[`${module}.weight`]!;
    const bias = named[`${module}.bias`]!;
    return Array.from({ length: shape[0]! }, (_, o) =>
      x.reduce((sum, value, i) => sum + value * parameters[at + i * strides[1]! + o]!, parameters[bias.at + o]!),
    );
  };
  const features = linear('encoder.2', linear('encoder.0', input.observation).map(Math.tanh)).map(Math.tanh);
  const oneHot = [0, 1].map((action) => (action === input.lastAction ? 1 : 0));
  const all = [...features, ...oneHot, input.lastReward];
  return { logits: linear('policy', all), value: linear('baseline', all)[0]! };
}
