import { describe, expect, it } from 'vitest';
import { actionSpaces, randomBatch } from '../../test/golden/batches.ts';
import { relativeError } from '../../test/golden/tensors.ts';
import type { Algorithm, LossInputs, LossSettings } from './algorithm.ts';
import { appo } from './appo/appo.ts';
import { impala } from './impala/impala.ts';
import { headsSize, lossOutputSize, stepSize } from './lossLayout.ts';
import { algorithms, findAlgorithm } from './registry.ts';
import { computeTargets } from './vtrace.ts';

const gradientOf = (algorithm: Algorithm, inputs: LossInputs, settings: LossSettings): Float32Array => {
  const out = new Float32Array(lossOutputSize(settings)).fill(Number.NaN);
  algorithm.loss(inputs, settings, out);
  expect(out.every(Number.isFinite)).toBe(true);
  return out.subarray(0, headsSize(settings));
};

type Settings = LossSettings<'rhoBar' | 'pgRhoBar' | 'clipRange'>;

/** The policy losses as they are written in papers, of one step with a given advantage. */
const policyLosses: Readonly<
  Record<string, (advantage: number, logPi: number, logMu: number, logOld: number, epsilon: number) => number>
> = {
  impala: (advantage, logPi) => -advantage * logPi,
  appo: (advantage, logPi, logMu, logOld, epsilon) => {
    const ratio = Math.min(Math.exp(logMu - logOld), 2) * Math.exp(logPi - logMu);
    const clipped = Math.max(1 - epsilon, Math.min(1 + epsilon, ratio));
    return -Math.min(advantage * ratio, advantage * clipped);
  },
};

/** The whole loss as a function of the heads in float64, with V-trace's targets held where they are. */
function lossFunction(algorithm: Algorithm, inputs: LossInputs, settings: Settings) {
  const { T, B, distribution, coefficients, scale } = settings;
  const { entCoef, baselineCoef, clipRange } = coefficients;
  const { outputSize: P, actionSize: A } = distribution;
  const [H, K] = [P + 1, stepSize(P, A)];
  const { steps } = inputs;
  const policy = algorithm.usesTargetNetwork ? inputs.oldHeads! : inputs.heads;
  const targets = computeTargets(policy, inputs.heads, steps, settings);
  const [vs, advantages] = [targets.vs.slice(), targets.pgAdvantages.slice()];
  const [logOld, logMu] = [targets.logProbabilities.slice(), targets.behaviourLogProbabilities.slice()];
  return (heads: Float64Array): number => {
    const outputs = heads as unknown as Float32Array; // Only read, at any precision.
    let total = 0;
    for (let i = 0; i < T * B; i++) {
      const logPi = distribution.logProbability(outputs, i * H, steps, i * K + P);
      total += policyLosses[algorithm.id]!(advantages[i]!, logPi, logMu[i]!, logOld[i]!, clipRange);
      total += baselineCoef * 0.5 * (vs[i]! - heads[i * H + P]!) ** 2;
      total -= entCoef * distribution.entropy(outputs, i * H);
    }
    return scale * total;
  };
}

function finiteDifferences(loss: (heads: Float64Array) => number, at: Float32Array): Float64Array {
  const h = 1e-5;
  const heads = Float64Array.from(at);
  return Float64Array.from(at, (value, i) => {
    heads[i] = value + h;
    const above = loss(heads);
    heads[i] = value - h;
    const below = loss(heads);
    heads[i] = value;
    return (above - below) / (2 * h);
  });
}

describe.each(algorithms)('The gradient of $name', (algorithm) => {
  it.each(actionSpaces)('is that of the loss, by finite differences: $kind', (space) => {
    for (const seed of [1, 2, 3]) {
      const { inputs, settings } = randomBatch(space, { T: 6, B: 3, seed });
      const expected = finiteDifferences(lossFunction(algorithm, inputs, settings as Settings), inputs.heads);
      expect(relativeError(gradientOf(algorithm, inputs, settings), expected)).toBeLessThan(1e-6);
    }
  });

  it('is the same for a batch and for its rollouts one by one', () => {
    const [T, B] = [5, 4];
    const { inputs, settings } = randomBatch({ kind: 'discrete', n: 3 }, { T, B });
    const whole = gradientOf(algorithm, inputs, settings);
    const column = (values: Float32Array, b: number) => {
      const width = values.length / B / Math.floor(values.length / (B * (values === inputs.steps ? 8 : 4)));
      return values.filter((_, i) => Math.floor(i / width) % B === b);
    };
    for (let b = 0; b < B; b++) {
      const one = {
        heads: column(inputs.heads, b),
        steps: column(inputs.steps, b),
        oldHeads: column(inputs.oldHeads, b),
      };
      expect(gradientOf(algorithm, one, { ...settings, B: 1 })).toEqual(column(whole, b));
    }
  });
});

describe('APPO', () => {
  it('has the gradient of IMPALA where the target network is the policy and the actors are not far off', () => {
    const { inputs, settings } = randomBatch({ kind: 'discrete', n: 3 }, { T: 6, B: 3 });
    const steps = inputs.steps.slice();
    // A behaviour policy with no action less than half as likely as ours, so that the weight of 2 cuts nothing.
    for (let i = 0; i < 18; i++) for (let p = 0; p < 3; p++) steps[i * 8 + p] = inputs.heads[i * 4 + p]! + 0.1 * p;
    const same = { heads: inputs.heads, oldHeads: inputs.heads, steps };
    expect(relativeError(gradientOf(appo, same, settings), gradientOf(impala, same, settings))).toBeLessThan(1e-6);
  });

  it('learns nothing from an action whose probability has moved far enough the way its advantage says', () => {
    const policyGradient = (reward: number, logit: number) => {
      const { settings } = randomBatch({ kind: 'discrete', n: 2 }, { T: 1, B: 1 });
      const inputs = {
        heads: Float32Array.from([logit, 0, 0, 0, 0, 0]), // Chosen: action 0. V = 0
        oldHeads: new Float32Array(6),
        steps: Float32Array.from([0, 0, 0, reward, 0.9, 0, 0]),
      };
      const coefficients = { ...settings.coefficients, entCoef: 0 };
      return gradientOf(appo, inputs, { ...settings, coefficients })[0]!;
    };
    // Logit 1 makes the action 1.46 times as likely, logit −1 makes it 0.54 times as likely.
    expect(policyGradient(1, 1)).toBeCloseTo(0, 12);
    expect(policyGradient(-1, -1)).toBeCloseTo(0, 12);
    expect(policyGradient(1, -1)).toBeLessThan(-0.01);
    expect(policyGradient(-1, 1)).toBeGreaterThan(0.01);
  });
});

describe('The registry', () => {
  it('finds every algorithm by its id, and each brings rows of its own', () => {
    const names = algorithms.flatMap(({ hyperparameters }) => Object.keys(hyperparameters));
    expect(new Set(names).size).toBe(names.length);
    expect(algorithms.map(({ id }) => findAlgorithm(id))).toEqual(algorithms);
  });
});
