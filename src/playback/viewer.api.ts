/** All the main thread knows of the live view. Everything that crosses here can be structured-cloned. */
import type { Seed } from '../envs/env.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { RewardClipping } from '../networks/rewardClipping.ts';

export interface ViewerTask {
  readonly env: string;
  readonly network: NetworkSpec;
  readonly rewardClipping: RewardClipping;
  /** The parameter store, from which each episode's policy is read afresh. */
  readonly parameters: SharedArrayBuffer;
  readonly firstSeed: Seed;
}

export interface ViewSettings {
  readonly theme: 'light' | 'dark';
  /** CSS pixels */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly greedy: boolean;
  readonly paused: boolean;
}

/** What the policy just did and thought. */
export interface WatchFrame {
  readonly episodeReturn: number;
  readonly episodeLength: number;
  readonly policyVersion: number;
  /** Probability of each option (Discrete, MultiDiscrete) or of each switch being on (MultiBinary); means, then standard deviations of a Box. */
  readonly actionProbabilities: readonly number[];
  /** V of the observation before the step. */
  readonly value: number;
}

export interface ViewerApi {
  /** Plays on the canvas, at the environment's own speed, until the worker is ended. */
  play(
    canvas: OffscreenCanvas,
    task: ViewerTask,
    settings: ViewSettings,
    onFrame: (frame: WatchFrame) => void,
  ): Promise<void>;
  change(settings: ViewSettings): Promise<void>;
}
