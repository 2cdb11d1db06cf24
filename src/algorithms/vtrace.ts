/**
 * V-trace (Espeholt et al. 2018, "IMPALA: Scalable Distributed Deep-RL with Importance Weighted Actor-Learner Architectures") in
 * plain loops: value targets and advantages from rollouts that another policy played.
 */
import type { LossSettings } from './algorithm.ts';
import { stepColumns, stepSize } from './lossLayout.ts';

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

/** Everything V-trace reads and writes for one batch, [T, B] each unless said otherwise. */
export class VtraceTargets {
  /** log π(a), of the policy that V-trace corrects for */
  readonly logProbabilities: Float64Array;
  /** log μ(a), of the behaviour policy */
  readonly behaviourLogProbabilities: Float64Array;
  readonly logRhos: Float64Array;
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
    this.logProbabilities = column();
    this.behaviourLogProbabilities = column();
    this.logRhos = column();
    this.values = new Float64Array((T + 1) * B);
    this.discounts = column();
    this.rewards = column();
    this.cutOff = column();
    this.finalValues = column();
    this.vs = column();
    this.pgAdvantages = column();
  }
}

/**
 * V-trace targets of a packed batch, in memory that the next call overwrites.
 *
 * @param policy [T + 1, B, P + 1]: outputs of the policy that is held against the behaviour policy
 * @param heads [T + 1, B, P + 1]: V in the last column
 * @param steps [T, B, P + A + 4]
 */
export function computeTargets(
  policy: Float32Array,
  heads: Float32Array,
  steps: Float32Array,
  settings: LossSettings<'rhoBar' | 'pgRhoBar'>,
): VtraceTargets {
  const { T, B, distribution, coefficients } = settings;
  const { outputSize: P, actionSize: A } = distribution;
  const H = P + 1;
  const K = stepSize(P, A);
  const targets = targetsFor(T, B);
  for (let i = 0; i < (T + 1) * B; i++) targets.values[i] = heads[i * H + P]!;
  for (let i = 0; i < T * B; i++) {
    const columns = i * K + P + A;
    targets.logProbabilities[i] = distribution.logProbability(policy, i * H, steps, i * K + P);
    targets.behaviourLogProbabilities[i] = distribution.logProbability(steps, i * K, steps, i * K + P);
    targets.logRhos[i] = targets.logProbabilities[i]! - targets.behaviourLogProbabilities[i]!;
    targets.rewards[i] = steps[columns + stepColumns.reward]!;
    targets.discounts[i] = steps[columns + stepColumns.discount]!;
    targets.cutOff[i] = steps[columns + stepColumns.cutOff]!;
    targets.finalValues[i] = steps[columns + stepColumns.finalValue]!;
  }
  const { rhoBar, pgRhoBar } = coefficients;
  vtrace({ T, B, ...targets, rhoBar, pgRhoBar }, targets.vs, targets.pgAdvantages);
  return targets;
}

let reused: { readonly T: number; readonly B: number; readonly targets: VtraceTargets } | null = null;

/** Batches of one thread are all of one size, but for the learner's choice of an engine. */
function targetsFor(T: number, B: number): VtraceTargets {
  if (reused?.T !== T || reused.B !== B) reused = { T, B, targets: new VtraceTargets(T, B) };
  return reused.targets;
}
