import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import { EpisodePlayer } from './EpisodePlayer.ts';
import type { EvaluationRequest, EvaluatorTask, PlayedEpisodes } from './evaluator.api.ts';

/** Plays whole episodes. The same parameters and seeds give the same episodes. */
export function playEpisodes(task: EvaluatorTask, request: EvaluationRequest): PlayedEpisodes {
  const noise = new RandomStream(request.firstSeed, 'evaluationNoise');
  const player = new EpisodePlayer(findEnv(task.env), task.network, task.rewardClipping, request.greedy, noise);
  player.adopt(request.parameters);
  const returns: number[] = [];
  const lengths: number[] = [];
  for (let episode = 0; episode < request.episodes; episode++) {
    player.begin(request.firstSeed + episode);
    while (!player.isOver) player.step();
    returns.push(player.episodeReturn);
    lengths.push(player.episodeLength);
  }
  return { returns, lengths };
}
