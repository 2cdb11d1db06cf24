/**
 * Umbrella (bsuite): only the first action matters, whether to take the umbrella; the weather pays for it at the very
 * end, after a long time of rewards that are pure noise. It measures credit over long spans.
 *
 * Observation [1, 3 + distractors]: whether an umbrella will be needed, whether one was taken, the time left as a
 * share, and bits that mean nothing, drawn anew each time.
 * Action: leave or take the umbrella.
 * Reward: 1 in the last step if it was taken as needed, else −1; before that 1 or −1 by a coin.
 * Start: need and possession by a coin each.
 * End: terminated after `length` steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export interface UmbrellaOptions {
  readonly length: number;
  readonly distractors: number;
}

export const umbrellaSpec = ({ length, distractors }: UmbrellaOptions): EnvSpec => ({
  id: `bsuite/Umbrella${length}-v0`,
  doc: `Take an umbrella if it will rain: that pays off after ${length} steps, amid rewards that are noise.`,
  observationSpace: { kind: 'box', shape: [1, 3 + distractors], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'discrete', n: 2, names: ['leave', 'take'] },
  maxEpisodeSteps: length + 1,
  rewardThreshold: null,
  framesPerSecond: 6,
});

export class Umbrella implements Env<number> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private readonly length: number;
  private readonly distractors: number;
  private isNeeded = 0;
  private isTaken = 0;
  private steps = 0;

  constructor(options: UmbrellaOptions) {
    this.spec = umbrellaSpec(options);
    this.length = options.length;
    this.distractors = options.distractors;
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.isNeeded = this.random.integers(0, 2);
    this.isTaken = this.random.integers(0, 2);
    this.steps = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    this.steps += 1;
    if (this.steps === 1) this.isTaken = action;
    this.terminated = this.steps === this.length;
    const isPaid = this.terminated ? this.isTaken === this.isNeeded : this.random.integers(0, 2) === 1;
    this.reward = isPaid ? 1 : -1;
    this.observe(out, at);
  }

  /** Whether it is needed and taken, steps made, last reward. */
  snapshot(out: Float64Array): void {
    out[0] = this.isNeeded;
    out[1] = this.isTaken;
    out[2] = this.steps;
    out[3] = this.reward;
  }

  private observe(out: ObservationArray, at: number): void {
    out[at] = this.isNeeded;
    out[at + 1] = this.isTaken;
    out[at + 2] = 1 - this.steps / this.length;
    for (let i = 0; i < this.distractors; i++) out[at + 3 + i] = this.random.integers(0, 2);
  }
}
