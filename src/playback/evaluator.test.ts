import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { playEpisodes } from './evaluator.ts';

const network = networkSpecFor(findEnv('CartPole-v1').spec, hyperparametersOf('cartpole'));
const task = { env: 'CartPole-v1', network, rewardClipping: 'none' as const };
const parameters = initialParameters(network, 'orthogonal', 1);

describe('Evaluation', () => {
  it('plays the same episodes for the same weights and seeds', () => {
    const request = { parameters, episodes: 5, firstSeed: 7, greedy: false };
    expect(playEpisodes(task, request)).toEqual(playEpisodes(task, request));
  });

  it('counts a reward of 1 for each step of CartPole', () => {
    const { returns, lengths } = playEpisodes(task, { parameters, episodes: 5, firstSeed: 7, greedy: true });
    expect(returns).toEqual(lengths);
    expect(returns).toHaveLength(5);
  });

  it('truncates an episode at the time limit', () => {
    // Accelerating towards where the pole leans, with its velocity, balances CartPole for as long as one likes.
    const balancing = new Float32Array(parameters.length);
    const { encoder, heads } = parameterLayout(network);
    const [first, second] = encoder as unknown as [typeof heads, typeof heads];
    balancing[first.kernelAt + 0 * first.outputSize] = 0.05;
    balancing[first.kernelAt + 1 * first.outputSize] = 0.1;
    balancing[first.kernelAt + 2 * first.outputSize] = 1;
    balancing[first.kernelAt + 3 * first.outputSize] = 0.3;
    balancing[second.kernelAt] = 1;
    balancing[heads.kernelAt + 1] = 1; // logit of pushing right
    const { lengths } = playEpisodes(task, { parameters: balancing, episodes: 3, firstSeed: 7, greedy: true });
    expect(lengths).toEqual([500, 500, 500]);
  });
});
