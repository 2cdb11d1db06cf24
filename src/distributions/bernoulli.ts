import type { RandomStream } from '../math/randomStream.ts';
import type { ActionArray, ActionDistribution } from './distribution.ts';

/** Independent switches, for MultiBinary. Outputs are one logit for each: the log odds of being on. */
export class Bernoulli implements ActionDistribution {
  readonly kind = 'bernoulli';
  readonly outputSize: number;
  readonly actionSize: number;

  constructor(size: number) {
    this.outputSize = size;
    this.actionSize = size;
  }

  sample(outputs: Float32Array, at: number, noise: RandomStream, action: ActionArray, actionAt: number): void {
    for (let i = 0; i < this.actionSize; i++)
      action[actionAt + i] = noise.uniform() < sigmoid(outputs[at + i]!) ? 1 : 0;
  }

  mode(outputs: Float32Array, at: number, action: ActionArray, actionAt: number): void {
    for (let i = 0; i < this.actionSize; i++) action[actionAt + i] = outputs[at + i]! > 0 ? 1 : 0;
  }

  logProbability(outputs: Float32Array, at: number, action: ArrayLike<number>, actionAt: number): number {
    let total = 0;
    for (let i = 0; i < this.actionSize; i++) {
      const logit = outputs[at + i]!;
      total -= softplus(action[actionAt + i] === 1 ? -logit : logit);
    }
    return total;
  }

  entropy(outputs: Float32Array, at: number): number {
    let total = 0;
    for (let i = 0; i < this.actionSize; i++) {
      // Even in the logit l: log(1 + e⁻|l|) + |l|·σ(−|l|), in which nothing cancels.
      const logit = Math.abs(outputs[at + i]!);
      total += softplus(-logit) + logit * sigmoid(-logit);
    }
    return total;
  }

  describe(outputs: Float32Array, at: number, out: Float64Array): void {
    for (let i = 0; i < this.actionSize; i++) out[i] = sigmoid(outputs[at + i]!);
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
    for (let i = 0; i < this.actionSize; i++) {
      const logit = outputs[at + i]!;
      const p = sigmoid(logit);
      gradient[gradientAt + i]! += wLogProbability * (action[actionAt + i]! - p) - wEntropy * logit * p * (1 - p);
    }
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** log(1 + eˣ), without overflow. */
const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
