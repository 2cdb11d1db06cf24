/**
 * V-trace and the IMPALA loss (Espeholt et al. 2018, "IMPALA: Scalable Distributed Deep-RL with Importance Weighted
 * Actor-Learner Architectures") in plain loops, with the gradient in closed form. The learner runs this on its wasm and cpu
 * engines; the WGSL program in impalaLossProgram.ts is the same computation for webgpu.
 */
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

/** Columns of a packed step, after the P behaviour policy outputs. */
export const stepColumns = { action: 0, reward: 1, discount: 2, cutOff: 3, finalValue: 4 } as const;

/** Numbers in one packed step. */
export const stepSize = (numPolicyOutputs: number): number => numPolicyOutputs + 5;

export interface ImpalaLossSettings {
  readonly T: number;
  readonly B: number;
  /** Number of actions of the Discrete space: P */
  readonly numActions: number;
  readonly entCoef: number;
  readonly baselineCoef: number;
  readonly rhoBar: number;
  readonly pgRhoBar: number;
  /** Factor on the gradient: 1 for a sum over all steps, 1 / number of steps for their mean */
  readonly scale: number;
}

/** Numbers the loss writes: the gradient [T + 1, B, P + 1], then the sums [B, 5]. */
export const lossOutputSize = ({ T, B, numActions }: Pick<ImpalaLossSettings, 'T' | 'B' | 'numActions'>): number =>
  (T + 1) * B * (numActions + 1) + B * lossSums.length;

/**
 * The IMPALA loss −Σ A·log π(a) + baselineCoef · ½Σ (v − V)² − entCoef · Σ H(π) and its gradient, for a Discrete space.
 * π and μ are two separate arrays of logits: the gradient would vanish if they were one.
 *
 * @param heads [T + 1, B, P + 1]: target policy's logits, and V in the last column
 * @param steps [T, B, P + 5]: behaviour policy's logits, then `stepColumns`
 * @param out [lossOutputSize], written: scale × gradient with respect to `heads` (0 in row T), then the unscaled sums per column
 */
export function impalaLoss(
  heads: Float32Array,
  steps: Float32Array,
  settings: ImpalaLossSettings,
  out: Float32Array,
): void {
  const { T, B, numActions: P, scale, entCoef, baselineCoef, rhoBar } = settings;
  const H = P + 1;
  const K = stepSize(P);
  const targets = computeTargets(heads, steps, settings);
  const sumsAt = (T + 1) * B * H;
  out.fill(0);
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < T; t++) {
      const i = t * B + b;
      const logNormaliser = logSumExp(heads, i * H, P);
      const action = steps[i * K + P + stepColumns.action]!;
      let entropy = 0;
      for (let a = 0; a < P; a++) {
        const logProbability = heads[i * H + a]! - logNormaliser;
        entropy -= Math.exp(logProbability) * logProbability;
      }
      for (let a = 0; a < P; a++) {
        const logProbability = heads[i * H + a]! - logNormaliser;
        const probability = Math.exp(logProbability);
        const policyGradient = targets.pgAdvantages[i]! * (probability - (a === action ? 1 : 0));
        out[i * H + a] = scale * (policyGradient + entCoef * probability * (logProbability + entropy));
      }
      const baselineError = heads[i * H + P]! - targets.vs[i]!;
      out[i * H + P] = scale * baselineCoef * baselineError;
      const at = sumsAt + b * lossSums.length;
      out[at]! -= (heads[i * H + action]! - logNormaliser) * targets.pgAdvantages[i]!;
      out[at + 1]! += 0.5 * baselineError * baselineError;
      out[at + 2]! += entropy;
      out[at + 3]! += Math.exp(targets.logRhos[i]!);
      out[at + 4]! += Math.exp(targets.logRhos[i]!) > rhoBar ? 1 : 0;
    }
  }
}

interface Targets {
  readonly logRhos: Float64Array;
  readonly vs: Float64Array;
  readonly pgAdvantages: Float64Array;
}

function computeTargets(heads: Float32Array, steps: Float32Array, settings: ImpalaLossSettings): Targets {
  const { T, B, numActions: P, rhoBar, pgRhoBar } = settings;
  const K = stepSize(P);
  const n = T * B;
  const column = (name: keyof typeof stepColumns) => {
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = steps[i * K + P + stepColumns[name]]!;
    return values;
  };
  const logRhos = new Float64Array(n);
  const values = new Float64Array(n + B);
  const actions = column('action');
  for (let i = 0; i < n + B; i++) values[i] = heads[i * (P + 1) + P]!;
  for (let i = 0; i < n; i++) {
    const targetLogProbability = heads[i * (P + 1) + actions[i]!]! - logSumExp(heads, i * (P + 1), P);
    const behaviourLogProbability = steps[i * K + actions[i]!]! - logSumExp(steps, i * K, P);
    logRhos[i] = targetLogProbability - behaviourLogProbability;
  }
  const vs = new Float64Array(n);
  const pgAdvantages = new Float64Array(n);
  vtrace(
    {
      T,
      B,
      logRhos,
      discounts: column('discount'),
      rewards: column('reward'),
      values,
      cutOff: column('cutOff'),
      finalValues: column('finalValue'),
      rhoBar,
      pgRhoBar,
    },
    vs,
    pgAdvantages,
  );
  return { logRhos, vs, pgAdvantages };
}

/** log Σ exp of n logits, without overflow. */
function logSumExp(logits: Float32Array, at: number, n: number): number {
  let largest = logits[at]!;
  for (let a = 1; a < n; a++) if (logits[at + a]! > largest) largest = logits[at + a]!;
  let sum = 0;
  for (let a = 0; a < n; a++) sum += Math.exp(logits[at + a]! - largest);
  return largest + Math.log(sum);
}
