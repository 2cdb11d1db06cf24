import { lossSums } from '../../metrics/metrics.ts';
import type { LossInputs, LossSettings } from '../algorithm.ts';
import { headsSize, stepSize } from '../lossLayout.ts';
import { computeTargets } from '../vtrace.ts';

export const appoCoefficients = ['rhoBar', 'pgRhoBar', 'clipRange'] as const;

export type AppoLossSettings = LossSettings<(typeof appoCoefficients)[number]>;

/** Largest μ(a) / π_old(a) that the ratio is weighted with, as in RLlib. */
export const largestBehaviourWeight = 2;

/**
 * The APPO loss −Σ min(A·r, A·clip(r, 1 − ε, 1 + ε)) + baselineCoef · ½Σ (v − V)² − entCoef · Σ H(π) and its gradient, where
 * r = min(μ / π_old, 2) · π / μ is the ratio of the policy to the target network's π_old, and A and v are V-trace's for π_old over the
 * behaviour policy μ. V is the present one.
 */
export function appoLoss({ heads, steps, oldHeads }: LossInputs, settings: AppoLossSettings, out: Float32Array): void {
  const { T, B, distribution, scale, coefficients } = settings;
  const { entCoef, baselineCoef, rhoBar, clipRange } = coefficients;
  const { outputSize: P, actionSize: A } = distribution;
  const H = P + 1;
  const K = stepSize(P, A);
  const targets = computeTargets(oldHeads!, heads, steps, settings);
  const sumsAt = headsSize(settings);
  out.fill(0);
  for (let i = 0; i < T * B; i++) {
    const advantage = targets.pgAdvantages[i]!;
    const rho = Math.exp(targets.logRhos[i]!);
    const logProbability = distribution.logProbability(heads, i * H, steps, i * K + P);
    const ratio =
      Math.min(Math.exp(-targets.logRhos[i]!), largestBehaviourWeight) *
      Math.exp(logProbability - targets.behaviourLogProbabilities[i]!);
    const clippedRatio = Math.max(1 - clipRange, Math.min(1 + clipRange, ratio));
    const surrogate = Math.min(advantage * ratio, advantage * clippedRatio);
    // d(A·r)/d log π(a) = A·r; the clipped branch is constant.
    const slope = advantage * ratio <= advantage * clippedRatio ? advantage * ratio : 0;
    const baselineError = heads[i * H + P]! - targets.vs[i]!;
    distribution.addGradient(heads, i * H, steps, i * K + P, -scale * slope, -scale * entCoef, out, i * H);
    out[i * H + P] = scale * baselineCoef * baselineError;
    const at = sumsAt + (i % B) * lossSums.length;
    out[at]! -= surrogate;
    out[at + 1]! += 0.5 * baselineError * baselineError;
    out[at + 2]! += distribution.entropy(heads, i * H);
    out[at + 3]! += rho;
    out[at + 4]! += rho > rhoBar ? 1 : 0;
  }
}
