/** Evaluates policies on the same seeds and says what their returns come to. */
import { findEnv } from '../envs/registry.ts';
import { comparePaired, mean, median, standardDeviation, summarise } from '../math/statistics.ts';
import type { AssessedEpisode, Assessment, AssessmentRequest, PolicyAssessment } from './evaluator.api.ts';
import { playSeeds } from './seededPlayer.ts';

/** @param onEpisode hears the number of episodes played so far, of all policies together */
export function assess(request: AssessmentRequest, onEpisode: (playedEpisodes: number) => void = () => {}): Assessment {
  const threshold = findEnv(request.env).spec.rewardThreshold;
  const policies = request.policies.map((policy, index) => {
    const before = index * request.episodes;
    const played = playSeeds(request, policy, (count) => onEpisode(before + count));
    return describe(played, threshold);
  });
  const [first, second] = policies.map(({ played }) => played.map((episode) => episode.return));
  return { policies, comparison: first && second ? comparePaired(first, second) : null };
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
