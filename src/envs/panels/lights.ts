/**
 * Lights: a row of lamps, each with a switch of its own, on which a pattern must be repeated. The simplest task with a MultiBinary
 * action space.
 *
 * Observation [6]: 1 where the pattern has a light, else 0.
 * Action: 1 for each lamp that is switched on, 0 for each that is switched off.
 * Reward: 1 for each lamp that is as in the pattern, −1 for each that is not.
 * Start: a random pattern, each lamp as likely on as off; after every step another.
 * End: truncated after 10 steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export const NUM_LAMPS = 6;

export const lightsSpec: EnvSpec = {
  id: 'Lights-v0',
  doc: 'Repeat a pattern on six lamps; each that is right pays 1, each that is wrong costs 1.',
  observationSpace: { kind: 'box', shape: [NUM_LAMPS], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'multiBinary', n: NUM_LAMPS },
  maxEpisodeSteps: 10,
  rewardThreshold: 58,
  framesPerSecond: 3,
};

export class Lights implements Env<Int32Array> {
  readonly spec = lightsSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private readonly pattern = new Int32Array(NUM_LAMPS);
  private readonly lamps = new Int32Array(NUM_LAMPS);

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.reward = 0;
    this.lamps.fill(0);
    this.showPattern(out, at);
  }

  step(action: Int32Array, out: ObservationArray, at: number): void {
    this.reward = 0;
    for (let i = 0; i < NUM_LAMPS; i++) {
      this.lamps[i] = action[i]!;
      this.reward += this.lamps[i] === this.pattern[i] ? 1 : -1;
    }
    this.showPattern(out, at);
  }

  /** The pattern, the lamps, and the last reward. */
  snapshot(out: Float64Array): void {
    out.set(this.pattern, 0);
    out.set(this.lamps, NUM_LAMPS);
    out[2 * NUM_LAMPS] = this.reward;
  }

  private showPattern(out: ObservationArray, at: number): void {
    for (let i = 0; i < NUM_LAMPS; i++) {
      this.pattern[i] = this.random.integers(0, 2);
      out[at + i] = this.pattern[i]!;
    }
  }
}
