import type { EvaluationRequest, EvaluatorTask, PlayedEpisodes } from './evaluator.api.ts';
import { beginSeeded, createPlayer } from './seededPlayer.ts';

/** Plays whole episodes. The same parameters and seeds give the same episodes. */
export function playEpisodes(task: EvaluatorTask, request: EvaluationRequest): PlayedEpisodes {
  const { parameters, firstSeed, greedy } = request;
  const policy = { network: task.network, rewardClipping: task.rewardClipping, parameters };
  const player = createPlayer({ env: task.env, policy, greedy, maxSteps: null });
  const returns: number[] = [];
  const lengths: number[] = [];
  for (let episode = 0; episode < request.episodes; episode++) {
    beginSeeded(player, firstSeed + episode);
    while (!player.isOver) player.step();
    returns.push(player.episodeReturn);
    lengths.push(player.episodeLength);
  }
  return { returns, lengths };
}
