import { describe, expect, it } from 'vitest';
import { type EncoderLayer, parseEncoder } from '../../config/encoders.ts';
import type { ActionSpace, ObservationSpace } from '../../envs/spaces.ts';
import { RandomStream } from '../../math/randomStream.ts';
import { initialParameters } from '../initialise.ts';
import { coreStateSize, type NetworkSpec } from '../networkSpec.ts';
import { parameterLayout } from '../parameterLayout.ts';
import { PlainInference, type PolicyInference } from '../policyInference.ts';
import { SimdInference } from './SimdInference.ts';

const vector: ObservationSpace = { kind: 'box', shape: [7], dtype: 'float32', low: [-4], high: [4] };
const bytes = (...shape: number[]): ObservationSpace => ({ kind: 'box', shape, dtype: 'uint8', low: [0], high: [255] });
const bits = (...shape: number[]): ObservationSpace => ({ ...bytes(...shape), high: [1] });

const observations: Record<string, { space: ObservationSpace; encoders: string[]; filled?: number }> = {
  vector: {
    space: vector,
    encoders: ['', 'relu', 'dense 13 tanh', 'dense 64 tanh, dense 30 relu', 'dense 9 linear, relu, dense 5'],
  },
  'byte vector': { space: bytes(5), encoders: ['', 'dense 6 tanh'] },
  'sparse grid': {
    space: bits(10, 10, 5),
    filled: 0.05,
    encoders: ['conv 16 3x3, dense 37', 'conv 5 3x3 pad 1 tanh, conv 6 2x2 linear, dense 8', 'dense 16'],
  },
  'sparse grid of an odd size': {
    space: bits(7, 7, 3),
    filled: 0.2,
    encoders: ['dense 16 tanh', 'dense 6'],
  },
  'sparse floats of an odd size': {
    space: { ...vector, shape: [3, 5, 3] },
    filled: 0.2,
    encoders: ['dense 16 tanh'],
  },
  'dense grid': {
    space: bits(7, 9, 3),
    filled: 0.6,
    encoders: ['conv 6 3x3 tanh, dense 8', 'relu, conv 12 2x2 pad 1, relu, dense 4'],
  },
  screen: {
    space: bytes(29, 31, 2),
    encoders: ['conv 8 8x8 stride 4, conv 6 4x4 stride 2, dense 11', 'residual 5, residual 8, relu, dense 10'],
  },
  'float image': {
    space: { ...vector, shape: [6, 5, 2] },
    encoders: ['conv 3 3x3 stride 2 pad 1, dense 4', 'residual 4, dense 4'],
  },
};

const actions: Record<string, ActionSpace> = {
  discrete: { kind: 'discrete', n: 3 },
  multiDiscrete: { kind: 'multiDiscrete', nvec: [2, 4] },
  multiBinary: { kind: 'multiBinary', n: 5 },
  box: { kind: 'box', shape: [2], dtype: 'float32', low: [-1], high: [1] },
};

const maxRows = 7;

function specOf(
  space: ObservationSpace,
  encoder: readonly EncoderLayer[],
  over: Partial<NetworkSpec> = {},
): NetworkSpec {
  return {
    observationSpace: space,
    actionSpace: actions.discrete!,
    encoder,
    lastActionReward: false,
    core: null,
    logStd: 'stateIndependent',
    observationNormalisation: false,
    rewardNormalisation: false,
    randomNetworkDistillation: false,
    ...over,
  } as NetworkSpec;
}

function fill(inference: PolicyInference, spec: NetworkSpec, seed: number, filled = 1): void {
  const random = new RandomStream(seed, 'measurement');
  const { observationSpace, actionSpace } = spec;
  const { observation, lastAction, lastReward, coreState } = inference;
  for (let i = 0; i < observation.length; i++) {
    const isFilled = random.uniform() < filled;
    const value = observationSpace.dtype === 'uint8' ? 1 + random.below(observationSpace.high[0]!) : random.normal();
    observation[i] = isFilled ? value : 0;
  }
  for (let i = 0; i < lastAction.length; i++)
    lastAction[i] = actionSpace.kind === 'box' ? random.normal() : random.below(3) - 1;
  for (let i = 0; i < lastReward.length; i++) lastReward[i] = random.normal();
  for (let i = 0; i < coreState.length; i++) coreState[i] = random.normal();
}

function randomParameters(spec: NetworkSpec): Float32Array {
  const layout = parameterLayout(spec);
  const random = new RandomStream(3, 'measurement');
  const parameters = initialParameters(spec, 'identity', 5); // Biases are not 0.
  for (let i = 0; i < (layout.observationStatistics?.size ?? 0); i++) {
    parameters[layout.observationStatistics!.mean + i] = random.normal();
    parameters[layout.observationStatistics!.variance + i] = 0.01 + random.uniform();
  }
  if (layout.logStdAt !== null) parameters[layout.logStdAt] = -0.5;
  return parameters;
}

function adopt(inference: PolicyInference, parameters: Float32Array): void {
  inference.parameters.set(parameters);
  inference.parametersChanged();
}

const outputsOf = ({ policyOutputs, baseline, nextCoreState }: PolicyInference) => ({
  policyOutputs: policyOutputs.slice(),
  baseline: baseline.slice(),
  nextCoreState: nextCoreState.slice(),
});

/** The largest difference relative to the largest magnitude. */
function relativeError(actual: Float32Array, expected: Float32Array): number {
  let [difference, magnitude] = [0, 1e-30];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!));
    if (Number.isNaN(actual[i])) return Number.NaN;
    magnitude = Math.max(magnitude, Math.abs(expected[i]!));
  }
  return difference / magnitude;
}

function expectAgreement(spec: NetworkSpec, filled?: number): void {
  const [simd, plain] = [new SimdInference(spec, maxRows), new PlainInference(spec, maxRows)];
  const parameters = randomParameters(spec);
  for (const inference of [simd, plain]) {
    adopt(inference, parameters);
    fill(inference, spec, 1, filled);
    inference.forward(maxRows);
  }
  const [actual, expected] = [outputsOf(simd), outputsOf(plain)];
  expect(relativeError(actual.policyOutputs, expected.policyOutputs)).toBeLessThan(1e-5);
  expect(relativeError(actual.baseline, expected.baseline)).toBeLessThan(1e-5);
  expect(relativeError(actual.nextCoreState, expected.nextCoreState)).toBeLessThan(1e-5);
}

const cases = Object.entries(observations).flatMap(([name, { space, encoders, filled }]) =>
  encoders.map((text) => ({ name, text, filled, spec: specOf(space, parseEncoder(text)) })),
);

const cores = [null, { kind: 'lstm', hidden: 6, layers: 1 }, { kind: 'lstm', hidden: 9, layers: 2 }] as const;

describe('Inference by SIMD agrees with plain inference', () => {
  it.each(cases)('on a $name with the encoder "$text"', ({ spec, filled }) => {
    for (const core of cores) {
      for (const observationNormalisation of [false, true]) {
        expectAgreement({ ...spec, core, observationNormalisation }, filled);
      }
    }
  });

  it.each(Object.entries(actions))('with %s actions', (_, actionSpace) => {
    for (const core of cores) {
      for (const logStd of ['stateIndependent', 'stateDependent'] as const) {
        for (const lastActionReward of [false, true]) {
          expectAgreement(
            specOf(vector, parseEncoder('dense 6 tanh'), { actionSpace, core, logStd, lastActionReward }),
          );
        }
      }
    }
  });
});

describe('Inference by SIMD', () => {
  it.each(cases)('computes a row the same in any company: "$text" on a $name', ({ spec, filled = 1 }) => {
    const full = { ...spec, core: cores[2], lastActionReward: true };
    const parameters = randomParameters(full);
    const together = new SimdInference(full, maxRows);
    adopt(together, parameters);
    fill(together, full, 1, filled);
    together.forward(maxRows);
    const alone = new SimdInference(full, 1);
    adopt(alone, parameters);
    const row = <A extends { subarray(from: number, to: number): A; length: number }>(array: A, r: number): A =>
      array.subarray((r * array.length) / maxRows, ((r + 1) * array.length) / maxRows);
    for (let r = 0; r < maxRows; r++) {
      alone.observation.set(row(together.observation as Float32Array, r));
      alone.lastAction.set(row(together.lastAction as Float32Array, r));
      alone.lastReward.set(row(together.lastReward, r));
      alone.coreState.set(row(together.coreState, r));
      alone.forward(1);
      expect(alone.policyOutputs).toEqual(row(together.policyOutputs, r));
      expect(alone.baseline).toEqual(row(together.baseline, r));
      expect(alone.nextCoreState).toEqual(row(together.nextCoreState, r));
    }
    expect(together.coreState).toHaveLength(maxRows * coreStateSize(full));
  });
});
