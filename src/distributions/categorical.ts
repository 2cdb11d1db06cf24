import type { RandomStream } from '../math/randomStream.ts';
import type { ActionArray, ActionDistribution } from './distribution.ts';

/** Independent choices, one softmax over logits for each: Discrete has one, MultiDiscrete several. Outputs are the logits, one choice after the other. */
export class Categorical implements ActionDistribution {
  readonly kind = 'categorical';
  readonly outputSize: number;
  readonly actionSize: number;
  /** Number of options of each choice */
  readonly sizes: readonly number[];

  constructor(sizes: readonly number[]) {
    this.sizes = sizes;
    this.outputSize = sizes.reduce((sum, n) => sum + n, 0);
    this.actionSize = sizes.length;
  }

  sample(outputs: Float32Array, at: number, noise: RandomStream, action: ActionArray, actionAt: number): void {
    for (let k = 0; k < this.sizes.length; k++) {
      const n = this.sizes[k]!;
      action[actionAt + k] = drawCategory(outputs, at, n, noise.uniform());
      at += n;
    }
  }

  mode(outputs: Float32Array, at: number, action: ActionArray, actionAt: number): void {
    for (let k = 0; k < this.sizes.length; k++) {
      const n = this.sizes[k]!;
      let best = 0;
      for (let a = 1; a < n; a++) if (outputs[at + a]! > outputs[at + best]!) best = a;
      action[actionAt + k] = best;
      at += n;
    }
  }

  logProbability(outputs: Float32Array, at: number, action: ArrayLike<number>, actionAt: number): number {
    let total = 0;
    for (let k = 0; k < this.sizes.length; k++) {
      const n = this.sizes[k]!;
      total += outputs[at + action[actionAt + k]!]! - logSumExp(outputs, at, n);
      at += n;
    }
    return total;
  }

  entropy(outputs: Float32Array, at: number): number {
    let total = 0;
    for (let k = 0; k < this.sizes.length; k++) {
      const n = this.sizes[k]!;
      total += entropyOf(outputs, at, n, logSumExp(outputs, at, n));
      at += n;
    }
    return total;
  }

  describe(outputs: Float32Array, at: number, out: Float64Array): void {
    let outAt = 0;
    for (const n of this.sizes) {
      const logNormaliser = logSumExp(outputs, at + outAt, n);
      for (let a = 0; a < n; a++) out[outAt + a] = Math.exp(outputs[at + outAt + a]! - logNormaliser);
      outAt += n;
    }
  }

  addGradient(
    outputs: Float32Array,
    at: number,
    action: ArrayLike<number>,
    actionAt: number,
    wLogProbability: number,
    wEntropy: number,
    gradient: Float32Array,
    gradientAt: number,
  ): void {
    for (let k = 0; k < this.sizes.length; k++) {
      const n = this.sizes[k]!;
      const logNormaliser = logSumExp(outputs, at, n);
      const entropy = wEntropy === 0 ? 0 : entropyOf(outputs, at, n, logNormaliser);
      const chosen = action[actionAt + k]!;
      for (let a = 0; a < n; a++) {
        const logP = outputs[at + a]! - logNormaliser;
        const p = Math.exp(logP);
        const hit = a === chosen ? 1 : 0;
        gradient[gradientAt + a]! += wLogProbability * (hit - p) - wEntropy * p * (logP + entropy);
      }
      at += n;
      gradientAt += n;
    }
  }
}

/** An option drawn with one uniform number in [0, 1): inverse of the cumulated softmax. */
export function drawCategory(logits: Float32Array, at: number, n: number, uniform: number): number {
  const largest = largestOf(logits, at, n);
  let total = 0;
  for (let a = 0; a < n; a++) total += Math.exp(logits[at + a]! - largest);
  let remaining = uniform * total;
  for (let a = 0; a < n - 1; a++) {
    remaining -= Math.exp(logits[at + a]! - largest);
    if (remaining < 0) return a;
  }
  return n - 1;
}

function entropyOf(logits: Float32Array, at: number, n: number, logNormaliser: number): number {
  let entropy = 0;
  for (let a = 0; a < n; a++) {
    const logP = logits[at + a]! - logNormaliser;
    entropy -= Math.exp(logP) * logP;
  }
  return entropy;
}

/** log Σ exp of n logits, without overflow. */
export function logSumExp(logits: Float32Array, at: number, n: number): number {
  const largest = largestOf(logits, at, n);
  let sum = 0;
  for (let a = 0; a < n; a++) sum += Math.exp(logits[at + a]! - largest);
  return largest + Math.log(sum);
}

function largestOf(logits: Float32Array, at: number, n: number): number {
  let largest = logits[at]!;
  for (let a = 1; a < n; a++) if (logits[at + a]! > largest) largest = logits[at + a]!;
  return largest;
}
