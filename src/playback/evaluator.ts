import type { EvaluationRequest, EvaluatorTask, PlayedEpisodes } from './evaluator.api.ts';
import { playSeeds } from './seededPlayer.ts';

/** Returns and lengths of whole episodes. The same parameters and seeds give the same episodes. */
export function playEpisodes(
  { env, network, rewardClipping }: EvaluatorTask,
  { parameters, ...request }: EvaluationRequest,
): PlayedEpisodes {
  const played = playSeeds({ ...request, env, maxSteps: null }, { network, rewardClipping, parameters });
  return { returns: played.map((episode) => episode.return), lengths: played.map(({ length }) => length) };
}
