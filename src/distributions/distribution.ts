/**
 * What a policy's outputs mean: the distribution of its action. Everything works on rows of larger arrays and allocates nothing, since
 * actors draw from it at every step and the loss differentiates it at every update.
 */
import { type ActionSpace, sizeOf } from '../envs/spaces.ts';
import type { RandomStream } from '../math/randomStream.ts';
import { Bernoulli } from './bernoulli.ts';
import { Categorical } from './categorical.ts';
import { DiagonalGaussian } from './diagonalGaussian.ts';

export interface ActionDistribution {
  readonly kind: 'categorical' | 'bernoulli' | 'gaussian';
  /** Numbers the policy gives for one action: P */
  readonly outputSize: number;
  /** Numbers one action takes in a rollout: A */
  readonly actionSize: number;
  /** Draws an action. In a Box it may lie outside of the space: the environment gets it clipped, the loss as it is. */
  sample(outputs: Float32Array, at: number, noise: RandomStream, action: ActionArray, actionAt: number): void;
  /** The most probable action; the first of equals. */
  mode(outputs: Float32Array, at: number, action: ActionArray, actionAt: number): void;
  /** log π(a), in nats */
  logProbability(outputs: Float32Array, at: number, action: ArrayLike<number>, actionAt: number): number;
  /** In nats; differential for a Gaussian. */
  entropy(outputs: Float32Array, at: number): number;
  /** What people can read of it, [P]: the probability of each option, of each switch being on, or means and standard deviations. */
  describe(outputs: Float32Array, at: number, out: Float64Array): void;
  /** Adds d(wLogProbability · log π(a) + wEntropy · H(π)) / d outputs to `gradient[gradientAt…]`. */
  addGradient(
    outputs: Float32Array,
    at: number,
    action: ArrayLike<number>,
    actionAt: number,
    wLogProbability: number,
    wEntropy: number,
    gradient: Float32Array,
    gradientAt: number,
  ): void;
}

export type ActionArray = Int32Array | Float32Array;

export function distributionFor(space: ActionSpace): ActionDistribution {
  switch (space.kind) {
    case 'discrete':
      return new Categorical([space.n]);
    case 'multiDiscrete':
      return new Categorical(space.nvec);
    case 'multiBinary':
      return new Bernoulli(space.n);
    case 'box':
      return new DiagonalGaussian(sizeOf(space));
  }
}
