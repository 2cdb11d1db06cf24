/** All the main thread knows of the evaluator. Everything that crosses here can be structured-cloned. */
import type { Seed } from '../envs/env.ts';
import type { PairedComparison, SampleStatistics } from '../math/statistics.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { RewardClipping } from '../networks/rewardClipping.ts';
import type { PlayablePolicy } from './episode.api.ts';

export interface EvaluatorTask {
  readonly env: string;
  readonly network: NetworkSpec;
  readonly rewardClipping: RewardClipping;
}

export interface EvaluationRequest {
  /** Flat parameters of the policy to play. */
  readonly parameters: Float32Array;
  readonly episodes: number;
  /** Episode i begins with `reset(firstSeed + i)`. */
  readonly firstSeed: Seed;
  /** The most probable action always, or actions drawn from the policy. */
  readonly greedy: boolean;
}

export interface PlayedEpisodes {
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
}

/** One or two policies on the same seeds of one environment. */
export interface AssessmentRequest extends Omit<EvaluationRequest, 'parameters'> {
  readonly env: string;
  readonly policies: readonly PlayablePolicy[];
  /** Steps after which an episode is truncated; null for the environment's own limit. */
  readonly maxSteps: number | null;
}

export interface AssessedEpisode {
  readonly seed: Seed;
  readonly return: number;
  /** Steps */
  readonly length: number;
  /** It ended by itself; false where the time limit ended it. */
  readonly terminated: boolean;
}

export interface PolicyAssessment extends SampleStatistics {
  readonly median: number;
  /** Share of the episodes that reach the environment's threshold; null where it has none. */
  readonly solvedShare: number | null;
  readonly meanLength: number;
  readonly stdLength: number;
  /** In the order of their seeds. */
  readonly played: readonly AssessedEpisode[];
}

export interface Assessment {
  /** In the order of the request. */
  readonly policies: readonly PolicyAssessment[];
  /** The second against the first; null for one policy. */
  readonly comparison: PairedComparison | null;
}

export interface EvaluatorApi {
  /** Builds the environment. Rejects, with a message to show, if its id is unknown. */
  prepare(task: EvaluatorTask): Promise<void>;
  evaluate(request: EvaluationRequest): Promise<PlayedEpisodes>;
  /**
   * Needs no `prepare`. `onProgress` hears the number of episodes played by all policies together, at most some twenty times a
   * second. To cancel, end the worker.
   */
  assess(request: AssessmentRequest, onProgress: (playedEpisodes: number) => void): Promise<Assessment>;
}
