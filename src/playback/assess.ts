/** Evaluates policies on the same seeds and says what their returns come to. */
import { findEnv } from '../envs/registry.ts';
import { comparePaired, mean, median, standardDeviation, summarise } from '../math/statistics.ts';
import type { PlayablePolicy } from './episode.api.ts';
import type { AssessedEpisode, Assessment, AssessmentRequest, PolicyAssessment } from './evaluator.api.ts';
import { beginSeeded, createPlayer } from './seededPlayer.ts';

/** @param onEpisode hears the number of episodes played so far, of all policies together */
export function assess(request: AssessmentRequest, onEpisode: (playedEpisodes: number) => void = () => {}): Assessment {
  const threshold = findEnv(request.env).spec.rewardThreshold;
  const policies = request.policies.map((policy, index) => {
    const before = index * request.episodes;
    return describe(
      play(request, policy, (count) => onEpisode(before + count)),
      threshold,
    );
  });
  const [first, second] = policies.map(({ played }) => played.map((episode) => episode.return));
  return { policies, comparison: first && second ? comparePaired(first, second) : null };
}

function play(
  request: AssessmentRequest,
  policy: PlayablePolicy,
  onEpisode: (count: number) => void,
): AssessedEpisode[] {
  const { env, episodes, firstSeed, greedy, maxSteps } = request;
  const player = createPlayer({ env, policy, greedy, maxSteps });
  return Array.from({ length: episodes }, (_, episode) => {
    const seed = firstSeed + episode;
    beginSeeded(player, seed);
    while (!player.isOver) player.step();
    onEpisode(episode + 1);
    return { seed, return: player.episodeReturn, length: player.episodeLength, terminated: player.terminated };
  });
}

function describe(played: readonly AssessedEpisode[], threshold: number | null): PolicyAssessment {
  const returns = played.map((episode) => episode.return);
  const lengths = played.map((episode) => episode.length);
  return {
    ...summarise(returns),
    median: median(returns),
    solvedShare: threshold === null ? null : mean(returns.map((value) => (value >= threshold ? 1 : 0))),
    meanLength: mean(lengths),
    stdLength: standardDeviation(lengths),
    played,
  };
}
