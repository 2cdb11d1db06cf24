import { describe, expect, it } from 'vitest';
import { readFixture } from '../../test/fixtures.ts';
import { type DistributionCase, recordedDistribution } from '../../test/golden/recordedDistributions.ts';
import { numbersOf, relativeError } from '../../test/golden/tensors.ts';
import type { ActionSpace } from '../envs/spaces.ts';
import { RandomStream } from '../math/randomStream.ts';
import { type ActionDistribution, distributionFor } from './distribution.ts';

const { cases } = readFixture<{ cases: DistributionCase[] }>('nn/distributions.json');

/** The same, on numbers of any precision. */
const asOutputs = (numbers: readonly number[] | Float64Array): Float32Array =>
  Float64Array.from(numbers) as unknown as Float32Array;

describe("PyTorch's distributions", () => {
  it.each(cases)('are ours: $id', (c) => {
    const { distribution, outputs, gradient } = recordedDistribution(c);
    const { outputSize: P, actionSize: A } = distribution;
    const all = asOutputs(outputs);
    const actions = numbersOf(c.actions);
    const rows = Array.from({ length: outputs.length / P }, (_, row) => row);
    const logProbabilities = rows.map((row) => distribution.logProbability(all, row * P, actions, row * A));
    expect(relativeError(logProbabilities, numbersOf(c.outputs.log_prob))).toBeLessThan(1e-12);
    const entropies = rows.map((row) => distribution.entropy(all, row * P));
    expect(relativeError(entropies, numbersOf(c.outputs.entropy))).toBeLessThan(1e-12);
    const [weights, entropyWeights] = [numbersOf(c.weight_log_prob), numbersOf(c.weight_entropy)];
    const actual = asOutputs(new Float64Array(outputs.length));
    for (const row of rows) {
      const [at, actionAt] = [row * P, row * A];
      distribution.addGradient(all, at, actions, actionAt, weights[row]!, entropyWeights[row]!, actual, at);
    }
    expect(relativeError(actual, gradient)).toBeLessThan(1e-12);
  });

  const categoricals = cases.filter((c) => c.kind === 'categorical');
  it.each(categoricals)('have our probabilities and most probable actions: $id', (c) => {
    const { distribution, outputs } = recordedDistribution(c);
    const P = distribution.outputSize;
    const all = asOutputs(outputs);
    const [probabilities, mode] = [new Float64Array(P), new Int32Array(c.mode.length)];
    for (const row of c.mode.keys()) {
      distribution.describe(all, row * P, probabilities);
      const expected = numbersOf(c.outputs.probabilities).slice(row * P, (row + 1) * P);
      expect(relativeError(probabilities, expected)).toBeLessThan(1e-12);
      distribution.mode(all, row * P, mode, row);
    }
    expect([...mode]).toEqual(c.mode);
  });
});

const actionSpaces: readonly ActionSpace[] = [
  { kind: 'discrete', n: 3 },
  { kind: 'multiDiscrete', nvec: [2, 4, 3] },
  { kind: 'multiBinary', n: 4 },
  { kind: 'box', shape: [2], dtype: 'float32', low: [-1], high: [1] },
];

describe.each(actionSpaces)('The distribution over a space of kind $kind', (space) => {
  const distribution = distributionFor(space);
  const { outputSize: P, actionSize: A } = distribution;

  it('has the gradient that finite differences have', () => {
    const random = new RandomStream(1, 'measurement');
    const h = 1e-5;
    for (let trial = 0; trial < 20; trial++) {
      const outputs = Float64Array.from({ length: P }, () => random.normal());
      const action = new Float32Array(A);
      distribution.sample(asOutputs(outputs), 0, random, action, 0);
      const [wLogProbability, wEntropy] = [random.normal(), random.normal()];
      const valueAt = (i: number, difference: number) => {
        const moved = asOutputs(outputs.with(i, outputs[i]! + difference));
        return (
          wLogProbability * distribution.logProbability(moved, 0, action, 0) + wEntropy * distribution.entropy(moved, 0)
        );
      };
      const expected = outputs.map((_, i) => (valueAt(i, h) - valueAt(i, -h)) / (2 * h));
      const gradient = asOutputs(new Float64Array(P).fill(1)); // What is there already stays.
      distribution.addGradient(asOutputs(outputs), 0, action, 0, wLogProbability, wEntropy, gradient, 0);
      expect(
        relativeError(
          gradient.map((value) => value - 1),
          expected,
        ),
      ).toBeLessThan(1e-7);
    }
  });

  it('reads its outputs and writes its action where it is told to and nowhere else', () => {
    const outputs = Float32Array.from({ length: P + 2 }, (_, i) => Math.sin(i));
    const shifted = outputs.slice(1, 1 + P);
    const draw = (from: Float32Array, at: number, actionAt: number) => {
      const action = new Float32Array(A + 4).fill(9);
      distribution.sample(from, at, new RandomStream(7, 'measurement'), action, actionAt);
      const most = new Float32Array(A + 4).fill(9);
      distribution.mode(from, at, most, actionAt);
      return [
        ...action.subarray(actionAt, actionAt + A),
        ...most.subarray(actionAt, actionAt + A),
        action[actionAt + A],
      ];
    };
    expect(draw(outputs, 1, 3)).toEqual(draw(shifted, 0, 1));
    expect(draw(outputs, 1, 3).at(-1)).toBe(9);
  });

  it('has the entropy that its own samples show', () => {
    const random = new RandomStream(3, 'measurement');
    const outputs = Float32Array.from({ length: P }, () => 0.5 * random.normal());
    const action = new Float32Array(A);
    const surprises = Array.from({ length: 20_000 }, () => {
      distribution.sample(outputs, 0, random, action, 0);
      return -distribution.logProbability(outputs, 0, action, 0);
    });
    const mean = surprises.reduce((a, b) => a + b) / surprises.length;
    const variance = surprises.reduce((sum, s) => sum + (s - mean) ** 2, 0) / surprises.length;
    expect(Math.abs(mean - distribution.entropy(outputs, 0))).toBeLessThan(4 * Math.sqrt(variance / surprises.length));
  });

  it('judges its most probable action to be the most probable', () => {
    const random = new RandomStream(4, 'measurement');
    const outputs = Float32Array.from({ length: P }, () => random.normal());
    const [most, drawn] = [new Float32Array(A), new Float32Array(A)];
    distribution.mode(outputs, 0, most, 0);
    const largest = distribution.logProbability(outputs, 0, most, 0);
    for (let i = 0; i < 200; i++) {
      distribution.sample(outputs, 0, random, drawn, 0);
      expect(distribution.logProbability(outputs, 0, drawn, 0)).toBeLessThanOrEqual(largest);
    }
  });
});

/** Every action of a finite space. */
const allActions = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (actions, n) => actions.flatMap((a) => Array.from({ length: n }, (_, i) => [...a, i])),
    [[]],
  );

const finiteSpaces = [
  { distribution: distributionFor({ kind: 'discrete', n: 5 }), sizes: [5] },
  { distribution: distributionFor({ kind: 'multiDiscrete', nvec: [2, 3, 2] }), sizes: [2, 3, 2] },
  { distribution: distributionFor({ kind: 'multiBinary', n: 3 }), sizes: [2, 2, 2] },
];

describe.each(finiteSpaces)('Probabilities over choices of $sizes', ({ distribution, sizes }) => {
  const random = new RandomStream(5, 'measurement');
  const outputs = Float32Array.from({ length: distribution.outputSize }, () => random.normal());
  const actions = allActions(sizes);
  const probabilities = actions.map((action) => Math.exp(distribution.logProbability(outputs, 0, action, 0)));

  it('add up to one', () => {
    expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('are how often actions are drawn (χ² of 50 000 draws)', () => {
    const draws = 50_000;
    const counts = new Map(actions.map((action) => [action.join(), 0]));
    const action = new Int32Array(sizes.length);
    for (let i = 0; i < draws; i++) {
      distribution.sample(outputs, 0, random, action, 0);
      counts.set(action.join(), counts.get(action.join())! + 1);
    }
    expect(chiSquare([...counts.values()], probabilities)).toBeLessThan(largestChiSquare(actions.length - 1));
  });
});

describe('The Gaussian', () => {
  it('is drawn as a normal distribution is (χ² of 50 000 draws in ten bins of equal probability)', () => {
    const distribution: ActionDistribution = distributionFor({
      kind: 'box',
      shape: [2],
      dtype: 'float32',
      low: [-1],
      high: [1],
    });
    const deciles = [-1.281552, -0.841621, -0.524401, -0.253347, 0, 0.253347, 0.524401, 0.841621, 1.281552];
    const [mean, logStd] = [0.7, -0.4];
    const outputs = Float32Array.from([5, mean, 1, logStd]);
    const random = new RandomStream(6, 'measurement');
    const action = new Float32Array(2);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 50_000; i++) {
      distribution.sample(outputs, 0, random, action, 0);
      const z = (action[1]! - mean) / Math.exp(logStd);
      counts[deciles.filter((decile) => z > decile).length]! += 1;
    }
    expect(chiSquare(counts, new Array<number>(10).fill(0.1))).toBeLessThan(largestChiSquare(9));
  });
});

describe('Switches', () => {
  it('keep their digits where they are as good as certain', () => {
    const distribution = distributionFor({ kind: 'multiBinary', n: 1 });
    const at = (logit: number) => asOutputs([logit]);
    expect(distribution.entropy(at(300), 0)).toBeCloseTo(0, 100);
    expect(distribution.entropy(at(40), 0) / (41 * Math.exp(-40))).toBeCloseTo(1, 10);
    expect(distribution.entropy(at(-40), 0)).toBe(distribution.entropy(at(40), 0));
    expect(distribution.logProbability(at(-300), 0, [1], 0)).toBe(-300);
    expect(distribution.logProbability(at(40), 0, [1], 0) / -Math.exp(-40)).toBeCloseTo(1, 10);
  });
});

function chiSquare(counts: readonly number[], probabilities: readonly number[]): number {
  const draws = counts.reduce((a, b) => a + b);
  return counts.reduce(
    (sum, count, i) => sum + (count - draws * probabilities[i]!) ** 2 / (draws * probabilities[i]!),
    0,
  );
}

/** Exceeded by chance once in 10 000 times (Wilson and Hilferty). */
const largestChiSquare = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + 3.719 * Math.sqrt(2 / (9 * degrees))) ** 3;
