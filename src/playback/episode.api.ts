/** One episode as the page orders it and hears of it. Plain data, which can be structured-cloned. */
import type { Seed } from '../envs/env.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { RewardClipping } from '../networks/rewardClipping.ts';

/** All that it takes to play, as plain data. */
export interface PlayablePolicy {
  readonly network: NetworkSpec;
  readonly rewardClipping: RewardClipping;
  /** Flat, in the order of the layout. */
  readonly parameters: Float32Array;
}

export interface EpisodeRequest {
  readonly env: string;
  readonly policy: PlayablePolicy;
  readonly seed: Seed;
  /** The most probable action always, or actions drawn from the policy. */
  readonly greedy: boolean;
  /** Steps after which the episode is truncated; null for the environment's own limit. */
  readonly maxSteps: number | null;
}

/** What happened in each of T steps. Step t acts on state t and leads to state t + 1. */
export interface EpisodeTrace {
  readonly seed: Seed;
  /** T */
  readonly length: number;
  readonly return: number;
  readonly terminated: boolean;
  /** [T]: raw rewards */
  readonly rewards: Float64Array<ArrayBuffer>;
  /** [T + 1]: sum of the rewards on the way to state t */
  readonly returns: Float64Array<ArrayBuffer>;
  /** [T]: V of state t */
  readonly values: Float32Array<ArrayBuffer>;
  /** Numbers in one action: 1 for Discrete. */
  readonly actionSize: number;
  /** [T, actionSize]: what the policy decided, not clipped */
  readonly actions: Float32Array<ArrayBuffer>;
  /** [T, n]: probability of each of the n discrete actions; empty for actions of other kinds */
  readonly probabilities: Float32Array<ArrayBuffer>;
}
