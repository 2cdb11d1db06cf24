/**
 * Dials: a control panel whose dials must be turned to the digits it asks for, several decisions in one action. The simplest task
 * with a MultiDiscrete action space.
 *
 * Observation [13]: the digit asked of each dial, one-hot: 3 numbers for the first dial, 4 for the second, 5 for the third; then the
 * share of the requests that are still to come.
 * Action: the digit each dial is turned to.
 * Reward: the share of the dials that show what was asked.
 * Start: random digits are asked for, each as likely as another; after every step others are.
 * End: terminated after 10 requests.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

/** Digits of each dial. */
export const DIGITS = [3, 4, 5] as const;

const NUM_REQUESTS = 10;
const OBSERVATION_SIZE = DIGITS.reduce((sum, n) => sum + n, 0) + 1;

export const dialsSpec: EnvSpec = {
  id: 'Dials-v0',
  doc: 'Turn three dials to the digits asked for; each that is right pays a third of a point.',
  observationSpace: { kind: 'box', shape: [OBSERVATION_SIZE], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'multiDiscrete', nvec: DIGITS, names: ['left', 'middle', 'right'] },
  maxEpisodeSteps: NUM_REQUESTS,
  rewardThreshold: 9.5,
  framesPerSecond: 3,
};

export class Dials implements Env<Int32Array> {
  readonly spec = dialsSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private requests = 0;
  private readonly asked = new Int32Array(DIGITS.length);
  private readonly shown = new Int32Array(DIGITS.length);

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.reward = 0;
    this.terminated = false;
    this.requests = 0;
    this.shown.fill(0);
    this.ask(out, at);
  }

  step(action: Int32Array, out: ObservationArray, at: number): void {
    let numRight = 0;
    for (let dial = 0; dial < DIGITS.length; dial++) {
      this.shown[dial] = action[dial]!;
      if (this.shown[dial] === this.asked[dial]) numRight += 1;
    }
    this.reward = numRight / DIGITS.length;
    this.requests += 1;
    this.terminated = this.requests === NUM_REQUESTS;
    this.ask(out, at);
  }

  /** What is asked of each dial, what each shows, and the last reward. */
  snapshot(out: Float64Array): void {
    out.set(this.asked, 0);
    out.set(this.shown, DIGITS.length);
    out[2 * DIGITS.length] = this.reward;
  }

  private ask(out: ObservationArray, at: number): void {
    out.fill(0, at, at + OBSERVATION_SIZE);
    for (let dial = 0, first = at; dial < DIGITS.length; first += DIGITS[dial++]!) {
      this.asked[dial] = this.random.integers(0, DIGITS[dial]!);
      out[first + this.asked[dial]!] = 1;
    }
    out[at + OBSERVATION_SIZE - 1] = 1 - this.requests / NUM_REQUESTS;
  }
}
