/**
 * V-trace and the IMPALA loss (Espeholt et al. 2018, "IMPALA: Scalable Distributed Deep-RL with Importance Weighted
 * Actor-Learner Architectures") in plain loops, with the gradient in closed form. The learner runs this on its wasm and cpu
 * engines; the WGSL program in impalaLossProgram.ts is the same computation for webgpu.
 */
import type { ActionDistribution } from '../distributions/distribution.ts';
import { lossSums } from '../metrics/metrics.ts';

export interface VtraceInput {
  readonly T: number;
  readonly B: number;
  /** [T, B]: log π(a|x) − log μ(a|x), target over behaviour policy */
  readonly logRhos: ArrayLike<number>;
  /** [T, B]: γ, or 0 where the step terminated the episode */
  readonly discounts: ArrayLike<number>;
  /** [T, B]: as the loss sees them */
  readonly rewards: ArrayLike<number>;
  /** [T + 1, B]: V of the target policy; row T bootstraps */
  readonly values: ArrayLike<number>;
  /** [T, B]: 1 where a time limit cut the episode off after this step, and it was not terminated */
  readonly cutOff: ArrayLike<number>;
  /** [T, B]: V of the cut-off episode's own last observation; read only where `cutOff` */
  readonly finalValues: ArrayLike<number>;
  /** ρ̄: the largest importance weight a temporal difference may have */
  readonly rhoBar: number;
  /** The largest importance weight in the policy gradient */
  readonly pgRhoBar: number;
}

/**
 * V-trace value targets: eq. 1, by the backward recursion of Remark 1 (c̄ = 1, λ = 1). At a cut-off step the value of the
 * episode's own last observation stands in for the next one and the trace stops, as if the pieces were separate rollouts.
 *
 * @param vs [T, B], written: the targets v_s. Constants: no gradient flows through them
 * @param pgAdvantages [T, B], written: min(ρ̄_pg, ρ) · (r + γ·v_{s+1} − V)
 */
export function vtrace(input: VtraceInput, vs: Float64Array, pgAdvantages: Float64Array): void {
  const { T, B, logRhos, discounts, rewards, values, cutOff, finalValues, rhoBar, pgRhoBar } = input;
  for (let b = 0; b < B; b++) {
    let nextTrace = 0; // v_{t+1} − V_{t+1}
    for (let t = T - 1; t >= 0; t--) {
      const i = t * B + b;
      const rho = Math.exp(logRhos[i]!);
      const isCutOff = cutOff[i] === 1;
      const nextValue = isCutOff ? finalValues[i]! : values[i + B]!;
      const trace = isCutOff ? 0 : nextTrace;
      const delta = Math.min(rhoBar, rho) * (rewards[i]! + discounts[i]! * nextValue - values[i]!);
      pgAdvantages[i] = Math.min(pgRhoBar, rho) * (rewards[i]! + discounts[i]! * (nextValue + trace) - values[i]!);
      nextTrace = delta + discounts[i]! * Math.min(1, rho) * trace;
      vs[i] = values[i]! + nextTrace;
    }
  }
}

/** Columns of a packed step, after the P numbers of the behaviour policy and the A of the action. */
export const stepColumns = { reward: 0, discount: 1, cutOff: 2, finalValue: 3 } as const;

/** Numbers in one packed step. */
export const stepSize = (numPolicyOutputs: number, actionSize: number): number => numPolicyOutputs + actionSize + 4;

export interface ImpalaLossSettings {
  readonly T: number;
  readonly B: number;
  readonly distribution: ActionDistribution;
  readonly entCoef: number;
  readonly baselineCoef: number;
  readonly rhoBar: number;
  readonly pgRhoBar: number;
  /** Factor on the gradient: 1 for a sum over all steps, 1 / number of steps for their mean */
  readonly scale: number;
}

/** Numbers the loss writes: the gradient [T + 1, B, P + 1], then the sums [B, 5]. */
export const lossOutputSize = ({ T, B, distribution }: Pick<ImpalaLossSettings, 'T' | 'B' | 'distribution'>): number =>
  (T + 1) * B * (distribution.outputSize + 1) + B * lossSums.length;

/**
 * The IMPALA loss −Σ A·log π(a) + baselineCoef · ½Σ (v − V)² − entCoef · Σ H(π) and its gradient.
 * π and μ are two separate arrays: the gradient would vanish if they were one.
 *
 * @param heads [T + 1, B, P + 1]: what the target policy gives, and V in the last column
 * @param steps [T, B, P + A + 4]: what the behaviour policy gave, the action, then `stepColumns`
 * @param out [lossOutputSize], written: scale × gradient with respect to `heads` (0 in row T), then the unscaled sums per column
 */
export function impalaLoss(
  heads: Float32Array,
  steps: Float32Array,
  settings: ImpalaLossSettings,
  out: Float32Array,
): void {
  const { T, B, distribution, scale, entCoef, baselineCoef, rhoBar } = settings;
  const { outputSize: P, actionSize: A } = distribution;
  const H = P + 1;
  const K = stepSize(P, A);
  const targets = computeTargets(heads, steps, settings);
  const sumsAt = (T + 1) * B * H;
  out.fill(0);
  for (let t = 0; t < T; t++) {
    for (let b = 0; b < B; b++) {
      const i = t * B + b;
      const advantage = targets.pgAdvantages[i]!;
      distribution.addGradient(heads, i * H, steps, i * K + P, -scale * advantage, -scale * entCoef, out, i * H);
      const baselineError = heads[i * H + P]! - targets.vs[i]!;
      out[i * H + P] = scale * baselineCoef * baselineError;
      const at = sumsAt + b * lossSums.length;
      const rho = Math.exp(targets.logRhos[i]!);
      out[at]! -= targets.logProbabilities[i]! * advantage;
      out[at + 1]! += 0.5 * baselineError * baselineError;
      out[at + 2]! += distribution.entropy(heads, i * H);
      out[at + 3]! += rho;
      out[at + 4]! += rho > rhoBar ? 1 : 0;
    }
  }
}

/** Memory of one batch's targets, [T, B] each unless said otherwise, used again for the next batch of that size. */
class Targets {
  readonly logRhos: Float64Array;
  /** log π(a) */
  readonly logProbabilities: Float64Array;
  /** [T + 1, B] */
  readonly values: Float64Array;
  readonly discounts: Float64Array;
  readonly rewards: Float64Array;
  readonly cutOff: Float64Array;
  readonly finalValues: Float64Array;
  readonly vs: Float64Array;
  readonly pgAdvantages: Float64Array;

  constructor(T: number, B: number) {
    const column = () => new Float64Array(T * B);
    this.logRhos = column();
    this.logProbabilities = column();
    this.values = new Float64Array((T + 1) * B);
    this.discounts = column();
    this.rewards = column();
    this.cutOff = column();
    this.finalValues = column();
    this.vs = column();
    this.pgAdvantages = column();
  }
}

let reused: { readonly T: number; readonly B: number; readonly targets: Targets } | null = null;

function targetsFor(T: number, B: number): Targets {
  if (reused?.T !== T || reused.B !== B) reused = { T, B, targets: new Targets(T, B) };
  return reused.targets;
}

function computeTargets(heads: Float32Array, steps: Float32Array, settings: ImpalaLossSettings): Targets {
  const { T, B, distribution, rhoBar, pgRhoBar } = settings;
  const { outputSize: P, actionSize: A } = distribution;
  const H = P + 1;
  const K = stepSize(P, A);
  const targets = targetsFor(T, B);
  for (let i = 0; i < (T + 1) * B; i++) targets.values[i] = heads[i * H + P]!;
  for (let i = 0; i < T * B; i++) {
    const columns = i * K + P + A;
    const logProbability = distribution.logProbability(heads, i * H, steps, i * K + P);
    targets.logProbabilities[i] = logProbability;
    targets.logRhos[i] = logProbability - distribution.logProbability(steps, i * K, steps, i * K + P);
    targets.rewards[i] = steps[columns + stepColumns.reward]!;
    targets.discounts[i] = steps[columns + stepColumns.discount]!;
    targets.cutOff[i] = steps[columns + stepColumns.cutOff]!;
    targets.finalValues[i] = steps[columns + stepColumns.finalValue]!;
  }
  vtrace({ T, B, ...targets, rhoBar, pgRhoBar }, targets.vs, targets.pgAdvantages);
  return targets;
}
