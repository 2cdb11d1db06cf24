/** All the main thread knows of the evaluator. Everything that crosses here can be structured-cloned. */
import type { Seed } from '../envs/env.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { RewardClipping } from '../networks/rewardClipping.ts';

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

export interface EvaluatorApi {
  /** Builds the environment. Rejects, with a message to show, if its id is unknown. */
  prepare(task: EvaluatorTask): Promise<void>;
  evaluate(request: EvaluationRequest): Promise<PlayedEpisodes>;
}
