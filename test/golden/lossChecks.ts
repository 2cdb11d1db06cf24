/**
 * What every engine of the learner must make of a batch: the loss and gradient of the IMPALA code and the distributions of PyTorch, as
 * recorded, and APPO's loss, which nobody recorded, as the plain loops have it.
 */
import { dispose, grad, keep, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import distributionsJson from '#fixtures/nn/distributions.json?raw';
import discreteJson from '#fixtures/vtrace/discrete.json?raw';
import gaussianJson from '#fixtures/vtrace/gaussian.json?raw';
import type { Algorithm, LossInputs, LossSettings } from '../../src/algorithms/algorithm.ts';
import { appo } from '../../src/algorithms/appo/appo.ts';
import { impala } from '../../src/algorithms/impala/impala.ts';
import { headsSize, lossOutputSize, stepColumns, stepSize } from '../../src/algorithms/lossLayout.ts';
import { type ActionDistribution, distributionFor } from '../../src/distributions/distribution.ts';
import { type BackendHandle, type BackendName, openBackend } from '../../src/learner/backends.ts';
import { lossOf } from '../../src/learner/operations.ts';
import { lossSums } from '../../src/metrics/metrics.ts';
import { clipReward } from '../../src/networks/rewardClipping.ts';
import { actionSpaces, randomBatch } from './batches.ts';
import { type DistributionCase, gaussian, interleave, recordedDistribution } from './recordedDistributions.ts';
import { numbersOf, type RecordedTensor, relativeError, thresholdOf } from './tensors.ts';

type Tensors<Names extends string> = Readonly<Record<Names, RecordedTensor>>;

interface LossCase {
  readonly id: string;
  readonly T: number;
  readonly B: number;
  readonly clip_rho_threshold: number | null;
  readonly clip_pg_rho_threshold: number | null;
  readonly gamma: number;
  readonly baseline_cost: number;
  readonly entropy_cost: number;
  readonly reward_clipping: 'none' | 'abs_one';
  readonly inputs: Tensors<'actions' | 'rewards' | 'terminated' | 'values' | 'bootstrap_value'>;
  readonly losses_rllte: Readonly<Record<'pg_loss' | 'baseline_loss' | 'entropy_loss' | 'total_loss', number>>;
  readonly gradients_of_total: Tensors<'values'>;
}

interface DiscreteCase extends LossCase {
  readonly num_actions: number;
  readonly inputs: LossCase['inputs'] & Tensors<'behavior_logits' | 'target_logits'>;
  readonly gradients_of_total: Tensors<'target_logits' | 'values'>;
}

interface GaussianCase extends LossCase {
  readonly action_dim: number;
  readonly inputs: LossCase['inputs'] &
    Tensors<'behavior_mean' | 'behavior_log_std' | 'target_mean' | 'target_log_std'>;
  readonly gradients_of_total: Tensors<'target_mean' | 'target_log_std' | 'values'>;
}

/** A recorded case in our terms: outputs of a policy are rows of P numbers. */
interface Recorded {
  readonly distribution: ActionDistribution;
  readonly target: readonly number[];
  readonly behaviour: readonly number[];
  readonly gradient: readonly number[];
}

const clippingOf = { none: 'none', abs_one: 'absOne' } as const;

/** How far a float32 implementation may be from the float64 truth, relative to 1 + the largest magnitude. */
const lossTolerance = 2e-6;

export function describeLosses(name: BackendName): void {
  describe(`Losses on the ${name} engine`, () => {
    let backend: BackendHandle;
    beforeAll(async () => {
      backend = await openBackend(name);
    });

    const discreteCases = (JSON.parse(discreteJson) as { cases: DiscreteCase[] }).cases;
    it.each(discreteCases)('are those of the IMPALA code: $id', async (c) => {
      await expectRecordedLoss(c, {
        distribution: distributionFor({ kind: 'discrete', n: c.num_actions }),
        target: numbersOf(c.inputs.target_logits),
        behaviour: numbersOf(c.inputs.behavior_logits),
        gradient: numbersOf(c.gradients_of_total.target_logits),
      });
      backend.throwIfFailed();
    });

    const gaussianCases = (JSON.parse(gaussianJson) as { cases: GaussianCase[] }).cases;
    it.each(gaussianCases)('are those of the IMPALA code for vectors of actions: $id', async (c) => {
      const { inputs, gradients_of_total: gradients, action_dim: D } = c;
      await expectRecordedLoss(c, {
        distribution: gaussian(D),
        target: interleave(D, inputs.target_mean, inputs.target_log_std),
        behaviour: interleave(D, inputs.behavior_mean, inputs.behavior_log_std),
        gradient: interleave(D, gradients.target_mean, gradients.target_log_std),
      });
      backend.throwIfFailed();
    });

    const distributionCases = (JSON.parse(distributionsJson) as { cases: DistributionCase[] }).cases;
    it.each(distributionCases)("differentiate PyTorch's distributions: $id", async (c) => {
      const { distribution, outputs, gradient } = recordedDistribution(c);
      const { outputSize: P, actionSize: A } = distribution;
      const [actions, weights, entropyWeights] = [c.actions, c.weight_log_prob, c.weight_entropy].map(numbersOf);
      for (const [row, weight] of weights!.entries()) {
        // One step whose advantage and entropy cost are the recorded weights: π = μ, V = 0, and −reward = weight.
        const heads = Float32Array.from([...outputs.slice(row * P, (row + 1) * P), 0, ...new Array(P + 1).fill(0)]);
        const steps = new Float32Array(stepSize(P, A));
        steps.set(heads.subarray(0, P));
        steps.set(actions!.slice(row * A, (row + 1) * A), P);
        steps[P + A + stepColumns.reward] = -weight;
        const settings: LossSettings = {
          T: 1,
          B: 1,
          distribution,
          coefficients: { entCoef: -entropyWeights![row]!, baselineCoef: 0, rhoBar: 1, pgRhoBar: 1 },
          scale: 1,
        };
        const actual = await run(impala, { heads, steps, oldHeads: null }, settings);
        const expected = gradient.slice(row * P, (row + 1) * P);
        expect(relativeError(actual.gradient.subarray(0, P), expected)).toBeLessThan(1e-5);
      }
      backend.throwIfFailed();
    });

    const pairs = [impala, appo].flatMap((algorithm) => actionSpaces.map((space) => ({ algorithm, space })));
    it.each(pairs)('are those of the plain loops: $algorithm.name, $space.kind', async ({ algorithm, space }) => {
      const { inputs, settings } = randomBatch(space, { T: 7, B: 3 });
      const expected = new Float32Array(lossOutputSize(settings));
      algorithm.loss(inputs, settings, expected);
      const { gradient, sums } = await run(algorithm, inputs, settings);
      const size = headsSize(settings);
      expect(relativeError(gradient, expected.subarray(0, size))).toBeLessThan(lossTolerance);
      expect(relativeError(sums, expected.subarray(size))).toBeLessThan(10 * lossTolerance);
      backend.throwIfFailed();
    });
  });
}

/** The gradient with respect to the heads, the sums over each rollout, and the loss. */
async function run(algorithm: Algorithm, inputs: LossInputs, settings: LossSettings) {
  const { T, B, distribution } = settings;
  const { outputSize: P, actionSize: A } = distribution;
  const heads = tensor2d(inputs.heads, [(T + 1) * B, P + 1]);
  const steps = tensor2d(inputs.steps, [T * B, stepSize(P, A)]);
  const oldHeads = algorithm.usesTargetNetwork ? tensor2d(inputs.oldHeads!, [(T + 1) * B, P + 1]) : null;
  const gradient = tidy(() =>
    grad((x) => lossOf(algorithm, { heads: x as Tensor2D, steps, oldHeads }, settings, () => {}))(heads),
  );
  let kept: Tensor2D | undefined;
  const loss = tidy(() =>
    lossOf(algorithm, { heads, steps, oldHeads }, settings, (sums) => {
      kept = keep(sums);
    }),
  );
  const result = {
    gradient: (await gradient.data()) as Float32Array,
    sums: (await kept!.data()) as Float32Array,
    loss: (await loss.data())[0]!,
  };
  dispose([gradient, loss, kept!, heads, steps]);
  if (oldHeads) dispose(oldHeads);
  return result;
}

async function expectRecordedLoss(c: LossCase, recorded: Recorded): Promise<void> {
  const { inputs, settings } = lossInputs(c, recorded);
  const { gradient, sums, loss } = await run(impala, inputs, settings);
  expect(relativeError(gradient, expectedGradient(c, recorded))).toBeLessThan(lossTolerance);
  const sumOf = (name: (typeof lossSums)[number]) => {
    const column = lossSums.indexOf(name);
    return sums.reduce((total, value, i) => (i % lossSums.length === column ? total + value : total), 0);
  };
  // Sums of T·B terms: compare with the magnitude of the whole.
  const losses = [sumOf('policyLoss'), sumOf('baselineLoss'), sumOf('entropy'), loss];
  const { pg_loss, baseline_loss, entropy_loss, total_loss } = c.losses_rllte;
  expect(relativeError(losses, [pg_loss, baseline_loss, entropy_loss, total_loss])).toBeLessThan(10 * lossTolerance);
}

function lossInputs(c: LossCase, { distribution, target, behaviour }: Recorded) {
  const { T, B } = c;
  const { outputSize: P, actionSize: A } = distribution;
  const [H, K] = [P + 1, stepSize(P, A)];
  const heads = new Float32Array((T + 1) * B * H);
  const steps = new Float32Array(T * B * K);
  const [actions, rewards, terminated] = [c.inputs.actions, c.inputs.rewards, c.inputs.terminated].map(numbersOf);
  const values = [...numbersOf(c.inputs.values), ...numbersOf(c.inputs.bootstrap_value)];
  for (const [i, value] of values.entries()) heads[i * H + P] = value;
  for (let i = 0; i < T * B; i++) {
    heads.set(target.slice(i * P, (i + 1) * P), i * H);
    steps.set(behaviour.slice(i * P, (i + 1) * P), i * K);
    steps.set(actions!.slice(i * A, (i + 1) * A), i * K + P);
    const at = i * K + P + A;
    steps[at + stepColumns.reward] = clipReward(rewards![i]!, clippingOf[c.reward_clipping]);
    steps[at + stepColumns.discount] = terminated![i] ? 0 : c.gamma;
  }
  const settings: LossSettings = {
    T,
    B,
    distribution,
    coefficients: {
      entCoef: c.entropy_cost,
      baselineCoef: c.baseline_cost,
      rhoBar: thresholdOf(c.clip_rho_threshold),
      pgRhoBar: thresholdOf(c.clip_pg_rho_threshold),
    },
    scale: 1,
  };
  return { inputs: { heads, steps, oldHeads: null }, settings };
}

/** [T + 1, B, P + 1]: the recorded gradients in the layout of the heads, 0 in row T. */
function expectedGradient(c: LossCase, { distribution, gradient }: Recorded): Float64Array {
  const P = distribution.outputSize;
  const expected = new Float64Array((c.T + 1) * c.B * (P + 1));
  for (const [i, value] of numbersOf(c.gradients_of_total.values).entries()) {
    expected.set(gradient.slice(i * P, (i + 1) * P), i * (P + 1));
    expected[i * (P + 1) + P] = value;
  }
  return expected;
}
