/**
 * Episodes told by their seed alone: it begins the environment and names the stream that actions are drawn from. So whatever is
 * evaluated can be replayed, and an episode does not depend on those before it.
 */
import type { EnvDefinition, Seed } from '../envs/env.ts';
import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import { EpisodePlayer } from './EpisodePlayer.ts';
import type { EpisodeRequest, PlayablePolicy } from './episode.api.ts';
import type { AssessedEpisode, AssessmentRequest } from './evaluator.api.ts';

/** To be made once for many episodes: its memory is not small. Throws if there is no such environment. */
export function createPlayer({ env, policy, greedy, maxSteps }: Omit<EpisodeRequest, 'seed'>): EpisodePlayer {
  const definition = limited(findEnv(env), maxSteps);
  const noise = new RandomStream(0, 'evaluationNoise'); // Until an episode has one of its own.
  const player = new EpisodePlayer(definition, policy.network, policy.rewardClipping, greedy, noise);
  player.adopt(policy.parameters);
  return player;
}

/** Begins the episode of a seed. */
export function beginSeeded(player: EpisodePlayer, seed: Seed): void {
  player.noise = new RandomStream(seed, 'evaluationNoise');
  player.begin(seed);
}

/** Whole episodes of consecutive seeds. The same policy and seeds give the same episodes. */
export function playSeeds(
  { env, episodes, firstSeed, greedy, maxSteps }: Omit<AssessmentRequest, 'policies'>,
  policy: PlayablePolicy,
  onEpisode: (playedEpisodes: number) => void = () => {},
): AssessedEpisode[] {
  const player = createPlayer({ env, policy, greedy, maxSteps });
  return Array.from({ length: episodes }, (_, episode) => {
    const seed = firstSeed + episode;
    beginSeeded(player, seed);
    while (!player.isOver) player.step();
    onEpisode(episode + 1);
    return { seed, return: player.episodeReturn, length: player.episodeLength, terminated: player.terminated };
  });
}

const limited = (definition: EnvDefinition, maxSteps: number | null): EnvDefinition =>
  maxSteps === null ? definition : { ...definition, spec: { ...definition.spec, maxEpisodeSteps: maxSteps } };
