/** An assessment as people take it away: a table for a spreadsheet, and everything as JSON. */
import type { AssessedEpisode, Assessment } from '../playback/evaluator.api.ts';

export interface AssessedPolicy {
  /** "lunar-impala-07, 1.20M env steps" */
  readonly title: string;
  /** Env steps learned from; null where nobody knows. */
  readonly frames: number | null;
}

/** How it was played. */
export interface AssessmentSettings {
  readonly episodes: number;
  readonly firstSeed: number;
  readonly greedy: boolean;
  /** Null for the environment's own limit. */
  readonly maxSteps: number | null;
}

export const endOf = ({ terminated }: AssessedEpisode): 'terminated' | 'truncated' =>
  terminated ? 'terminated' : 'truncated';

/** One row for each episode of each policy; RFC 4180. */
export function episodesCsv(policies: readonly AssessedPolicy[], { policies: results }: Assessment): string {
  const rows = results.flatMap(({ played }, i) =>
    played.map((episode) =>
      [quoted(policies[i]!.title), episode.seed, episode.return, episode.length, endOf(episode)].join(','),
    ),
  );
  return `${['policy,seed,return,length,end', ...rows].join('\n')}\n`;
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function reportJson(
  env: string,
  policies: readonly AssessedPolicy[],
  settings: AssessmentSettings,
  { policies: results, comparison }: Assessment,
): string {
  const report = {
    env,
    ...settings,
    policies: results.map(({ played, ...statistics }, i) => ({
      policy: policies[i]!.title,
      frames: policies[i]!.frames,
      ...statistics,
      episodes: played.map((episode) => ({ ...episode, end: endOf(episode) })),
    })),
    comparison,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
