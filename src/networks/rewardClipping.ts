import type { Hyperparameters } from '../config/hyperparameters.ts';
import { varianceEpsilon } from './observationInput.ts';
import type { ParameterLayout } from './parameterLayout.ts';

export type RewardClipping = Hyperparameters['rewardClipping'];

/** The reward as the loss and the network see it. "softAsymmetric" is the paper's: 5·tanh(r/5), and 0.3 of that below zero. */
export function clipReward(reward: number, clipping: RewardClipping): number {
  if (clipping === 'none') return reward;
  if (clipping === 'absOne') return Math.max(-1, Math.min(1, reward));
  const squashed = 5 * Math.tanh(reward / 5);
  return reward < 0 ? 0.3 * squashed : squashed;
}

/** Normalised rewards are limited to ± this. */
const rewardLimit = 10;

/** What clipped rewards are multiplied by: 1 over the running deviation of the discounted return, or 1 where nothing is normalised. */
export function rewardScaleOf(parameters: Float32Array, { returnStatistics }: ParameterLayout): number {
  return returnStatistics ? 1 / Math.sqrt(parameters[returnStatistics.variance]! + varianceEpsilon) : 1;
}

/** A clipped reward, normalised. */
export const normaliseReward = (reward: number, scale: number): number =>
  scale === 1 ? reward : Math.max(-rewardLimit, Math.min(rewardLimit, scale * reward));
