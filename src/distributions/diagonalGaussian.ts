import type { RandomStream } from '../math/randomStream.ts';
import type { ActionArray, ActionDistribution } from './distribution.ts';

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Independent normal numbers, for Box. Outputs are the means, then the LOGARITHMS of the standard deviations. */
export class DiagonalGaussian implements ActionDistribution {
  readonly kind = 'gaussian';
  readonly outputSize: number;
  readonly actionSize: number;

  constructor(size: number) {
    this.outputSize = 2 * size;
    this.actionSize = size;
  }

  sample(outputs: Float32Array, at: number, noise: RandomStream, action: ActionArray, actionAt: number): void {
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      action[actionAt + i] = outputs[at + i]! + Math.exp(outputs[at + size + i]!) * noise.normal();
    }
  }

  mode(outputs: Float32Array, at: number, action: ActionArray, actionAt: number): void {
    for (let i = 0; i < this.actionSize; i++) action[actionAt + i] = outputs[at + i]!;
  }

  logProbability(outputs: Float32Array, at: number, action: ArrayLike<number>, actionAt: number): number {
    const size = this.actionSize;
    let total = 0;
    for (let i = 0; i < size; i++) {
      const logStd = outputs[at + size + i]!;
      const z = (action[actionAt + i]! - outputs[at + i]!) * Math.exp(-logStd);
      total -= 0.5 * z * z + logStd + halfLogTwoPi;
    }
    return total;
  }

  entropy(outputs: Float32Array, at: number): number {
    const size = this.actionSize;
    let total = 0;
    for (let i = 0; i < size; i++) total += 0.5 + halfLogTwoPi + outputs[at + size + i]!;
    return total;
  }

  describe(outputs: Float32Array, at: number, out: Float64Array): void {
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      out[i] = outputs[at + i]!;
      out[size + i] = Math.exp(outputs[at + size + i]!);
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
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      const inverseStd = Math.exp(-outputs[at + size + i]!);
      const z = (action[actionAt + i]! - outputs[at + i]!) * inverseStd;
      gradient[gradientAt + i]! += wLogProbability * z * inverseStd;
      gradient[gradientAt + size + i]! += wLogProbability * (z * z - 1) + wEntropy;
    }
  }
}
