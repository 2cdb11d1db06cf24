/**
 * One episode of one policy, told by its seed alone: the seed begins the environment and names the stream that actions are drawn
 * from. So whatever is evaluated can be replayed, and episodes do not depend on which were played before.
 */
import type { EnvDefinition } from '../envs/env.ts';
import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import { EpisodePlayer } from './EpisodePlayer.ts';
import type { EpisodeRequest } from './episode.api.ts';

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
