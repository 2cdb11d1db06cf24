/**
 * One episode of one policy, told by its seed alone: the seed begins the environment and names the stream that actions are drawn
 * from. So whatever is evaluated can be replayed, and episodes do not depend on which were played before.
 */
import type { EnvDefinition, Seed } from '../envs/env.ts';
import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { RewardClipping } from '../networks/rewardClipping.ts';
import { EpisodePlayer } from './EpisodePlayer.ts';

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

/** A player at the beginning of the episode: the same request, the same steps. Throws if there is no such environment. */
export function openEpisode({ env, policy, seed, greedy, maxSteps }: EpisodeRequest): EpisodePlayer {
  const definition = limited(findEnv(env), maxSteps);
  const noise = new RandomStream(seed, 'evaluationNoise');
  const player = new EpisodePlayer(definition, policy.network, policy.rewardClipping, greedy, noise);
  player.adopt(policy.parameters);
  player.begin(seed);
  return player;
}

const limited = (definition: EnvDefinition, maxSteps: number | null): EnvDefinition =>
  maxSteps === null ? definition : { ...definition, spec: { ...definition.spec, maxEpisodeSteps: maxSteps } };
