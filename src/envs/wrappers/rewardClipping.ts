import type { Env } from '../env.ts';
import { EnvWrapper } from './envWrapper.ts';

/**
 * Limits every reward to [low, high]. This changes the task, and the returns that are reported with it; the loss has a
 * clipping of its own that does not.
 */
export const clipReward = (env: Env, low: number, high: number): Env => new RewardClipping(env, low, high);

class RewardClipping extends EnvWrapper {
  private readonly low: number;
  private readonly high: number;

  constructor(env: Env, low: number, high: number) {
    super(env);
    this.low = low;
    this.high = high;
  }

  protected override adoptOutcome(): void {
    super.adoptOutcome();
    this.reward = Math.max(this.low, Math.min(this.high, this.reward));
  }
}
