/**
 * DiscountingChain (bsuite): the first action chooses one of five chains, which pay after 1, 3, 10, 30 or 100 steps. One
 * of them pays a little more. It measures over which span an agent discounts.
 *
 * Observation [1, 2]: the chosen chain, −1 before the first step; the time passed as a share.
 * Reward: 1, once; 1.1 on the chain `mappingSeed` modulo 5.
 * Start: always the same.
 * End: terminated after 100 steps.
 */
import type { Env, EnvSpec } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

/** The steps in which the chains pay. */
export const PAY_STEPS = [1, 3, 10, 30, 100] as const;
const LENGTH = 100;
const UNDECIDED = -1;

export const discountingChainSpec: EnvSpec = {
  id: 'bsuite/DiscountingChain-v0',
  doc: 'Choose one of five payments that come at different times, of which one is a tenth larger.',
  observationSpace: { kind: 'box', shape: [1, 2], dtype: 'float32', low: [-1, 0], high: [PAY_STEPS.length - 1, 1] },
  actionSpace: { kind: 'discrete', n: PAY_STEPS.length, names: PAY_STEPS.map((steps) => `after ${steps}`) },
  maxEpisodeSteps: LENGTH + 1,
  rewardThreshold: null,
  framesPerSecond: 20,
};

export class DiscountingChain implements Env<number> {
  readonly spec = discountingChainSpec;
  reward = 0;
  terminated = false;
  private readonly bestChain: number;
  private chain = UNDECIDED;
  private steps = 0;

  constructor({ mappingSeed = 0 }: { readonly mappingSeed?: number } = {}) {
    this.bestChain = mappingSeed % PAY_STEPS.length;
  }

  /** Nothing here is random, so a seed changes nothing. */
  reset(out: ObservationArray, at: number): void {
    this.chain = UNDECIDED;
    this.steps = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    if (this.chain === UNDECIDED) this.chain = action;
    this.steps += 1;
    const isPaid = this.steps === PAY_STEPS[this.chain];
    this.reward = isPaid ? (this.chain === this.bestChain ? 1.1 : 1) : 0;
    this.terminated = this.steps === LENGTH;
    this.observe(out, at);
  }

  /** Chosen chain, steps made, best chain. */
  snapshot(out: Float64Array): void {
    out[0] = this.chain;
    out[1] = this.steps;
    out[2] = this.bestChain;
  }

  private observe(out: ObservationArray, at: number): void {
    out[at] = this.chain;
    out[at + 1] = this.steps / LENGTH;
  }
}
