/** What the WGSL programs of all losses have in common. */
import type { ActionDistribution } from '../distributions/distribution.ts';
import { distributionWgsl } from '../distributions/distributionWgsl.ts';
import { lossSums } from '../metrics/metrics.ts';
import { stepColumns, stepSize } from './lossLayout.ts';

/**
 * The distribution's functions, the sizes P (policy outputs), H (of a row of heads), K (of a packed step) and SUMS (sums of one
 * rollout), and readers of a packed step's columns, where `step` is its first element.
 * @param policies arrays of policy outputs, beside `steps` that holds the behaviour policy's
 */
const prelude = (distribution: ActionDistribution, policies: readonly string[]): string => {
  const { outputSize: P, actionSize: A } = distribution;
  const read = (column: keyof typeof stepColumns) =>
    `fn ${column}Of(step : i32) -> f32 { return steps[step + ${P + A + stepColumns[column]}]; }`;
  return `
  const P : i32 = ${P};
  const H : i32 = ${P + 1};
  const K : i32 = ${stepSize(P, A)};
  ${read('reward')}
  ${read('discount')}
  ${read('cutOff')}
  ${read('finalValue')}
  ${distributionWgsl(distribution, policies)}
`;
};

/** What an algorithm adds to the walk through a rollout; `at` is the first output of the policy and `step` that of the packed step. */
export interface LossWgsl {
  /** Arrays of policy outputs beside `steps`, which holds the behaviour policy's. */
  readonly policies: readonly string[];
  /** Statements that define `rho`: the importance weight of the policy that V-trace corrects to. */
  readonly importanceWeight: string;
  /** Statements that, from `advantage`, write the gradient of policy and entropy and add to `policyLoss`. */
  readonly policyGradient: string;
}

/** A thread for each rollout walks back through its steps: V-trace (vtrace.ts) and the loss in one pass. */
export const lossProgram = (
  distribution: ActionDistribution,
  { policies, importanceWeight, policyGradient }: LossWgsl,
): string => `
  ${prelude(distribution, policies)}
  fn main(index : i32) {
    let T = uniforms.numSteps;
    let B = uniforms.batchSize;
    if (index >= B) { return; }
    for (var h = 0; h < H; h++) { result[(T * B + index) * H + h] = 0.0; }
    var nextTrace = 0.0;
    var policyLoss = 0.0;
    var baselineLoss = 0.0;
    var entropySum = 0.0;
    var rhoSum = 0.0;
    var clipped = 0.0;
    for (var t = T - 1; t >= 0; t--) {
      let at = (t * B + index) * H;
      let step = (t * B + index) * K;
      let isCutOff = cutOffOf(step) == 1.0;
      let value = heads[at + P];
      let nextValue = select(heads[at + B * H + P], finalValueOf(step), isCutOff);
      let trace = select(nextTrace, 0.0, isCutOff);
      ${importanceWeight}
      let delta = min(uniforms.rhoBar, rho) * (rewardOf(step) + discountOf(step) * nextValue - value);
      let advantage = min(uniforms.pgRhoBar, rho) * (rewardOf(step) + discountOf(step) * (nextValue + trace) - value);
      nextTrace = delta + discountOf(step) * min(1.0, rho) * trace;
      ${policyGradient}
      result[at + P] = -uniforms.scale * uniforms.baselineCoef * nextTrace;
      baselineLoss += 0.5 * nextTrace * nextTrace;
      entropySum += headsEntropy(at);
      rhoSum += rho;
      clipped += select(0.0, 1.0, rho > uniforms.rhoBar);
    }
    let sumsAt = (T + 1) * B * H + index * ${lossSums.length};
    result[sumsAt] = policyLoss;
    result[sumsAt + 1] = baselineLoss;
    result[sumsAt + 2] = entropySum;
    result[sumsAt + 3] = rhoSum;
    result[sumsAt + 4] = clipped;
  }
`;
