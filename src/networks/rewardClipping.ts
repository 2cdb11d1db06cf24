import type { Hyperparameters } from '../config/hyperparameters.ts';

export type RewardClipping = Hyperparameters['rewardClipping'];

/** The reward as the loss and the network see it. "softAsymmetric" is the paper's: 5·tanh(r/5), and 0.3 of that below zero. */
export function clipReward(reward: number, clipping: RewardClipping): number {
  if (clipping === 'none') return reward;
  if (clipping === 'absOne') return Math.max(-1, Math.min(1, reward));
  const squashed = 5 * Math.tanh(reward / 5);
  return reward < 0 ? 0.3 * squashed : squashed;
}
