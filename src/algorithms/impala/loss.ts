import { lossSums } from '../../metrics/metrics.ts';
import type { LossInputs, LossSettings } from '../algorithm.ts';
import { headsSize, stepSize } from '../lossLayout.ts';
import { computeTargets } from '../vtrace.ts';

export const impalaCoefficients = ['rhoBar', 'pgRhoBar'] as const;

export type ImpalaLossSettings = LossSettings<(typeof impalaCoefficients)[number]>;

/**
 * The IMPALA loss −Σ A·log π(a) + baselineCoef · ½Σ (v − V)² − entCoef · Σ H(π) and its gradient. π and μ are two separate arrays:
 * the gradient would vanish if they were one.
 */
export function impalaLoss({ heads, steps }: LossInputs, settings: ImpalaLossSettings, out: Float32Array): void {
  const { T, B, distribution, scale, coefficients } = settings;
  const { entCoef, baselineCoef, rhoBar } = coefficients;
  const { outputSize: P, actionSize: A } = distribution;
  const H = P + 1;
  const K = stepSize(P, A);
  const targets = computeTargets(heads, heads, steps, settings);
  const sumsAt = headsSize(settings);
  out.fill(0);
  for (let i = 0; i < T * B; i++) {
    const advantage = targets.pgAdvantages[i]!;
    const rho = Math.exp(targets.logRhos[i]!);
    const baselineError = heads[i * H + P]! - targets.vs[i]!;
    distribution.addGradient(heads, i * H, steps, i * K + P, -scale * advantage, -scale * entCoef, out, i * H);
    out[i * H + P] = scale * baselineCoef * baselineError;
    const at = sumsAt + (i % B) * lossSums.length;
    out[at]! -= targets.logProbabilities[i]! * advantage;
    out[at + 1]! += 0.5 * baselineError * baselineError;
    out[at + 2]! += distribution.entropy(heads, i * H);
    out[at + 3]! += rho;
    out[at + 4]! += rho > rhoBar ? 1 : 0;
  }
}
