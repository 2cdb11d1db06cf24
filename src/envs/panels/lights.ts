/**
 * Lights: a row of lamps, each with a switch of its own, on which a pattern must be repeated. The simplest task with a MultiBinary
 * action space.
 *
 * Observation [7]: 1 where the pattern has a light, else 0; then the share of the patterns that are still to come.
 * Action: 1 for each lamp that is switched on, 0 for each that is switched off.
 * Reward: the share of the lamps that are as in the pattern, less the share of those that are not.
 * Start: a random pattern, each lamp as likely on as off; after every step another.
 * End: terminated after 10 patterns.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export const NUM_LAMPS = 6;

const NUM_PATTERNS = 10;

export const lightsSpec: EnvSpec = {
  id: 'Lights-v0',
  doc: 'Repeat patterns on six lamps; each that is right pays a sixth of a point, each that is wrong costs as much.',
  observationSpace: { kind: 'box', shape: [NUM_LAMPS + 1], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'multiBinary', n: NUM_LAMPS },
  maxEpisodeSteps: NUM_PATTERNS,
  rewardThreshold: 9.5,
  framesPerSecond: 3,
};

export class Lights implements Env<Int32Array> {
  readonly spec = lightsSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private patterns = 0;
  private readonly pattern = new Int32Array(NUM_LAMPS);
  private readonly lamps = new Int32Array(NUM_LAMPS);

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.reward = 0;
    this.terminated = false;
    this.patterns = 0;
    this.lamps.fill(0);
    this.showPattern(out, at);
  }

  step(action: Int32Array, out: ObservationArray, at: number): void {
    let numRight = 0;
    for (let i = 0; i < NUM_LAMPS; i++) {
      this.lamps[i] = action[i]!;
      if (this.lamps[i] === this.pattern[i]) numRight += 1;
    }
    this.reward = (2 * numRight) / NUM_LAMPS - 1;
    this.patterns += 1;
    this.terminated = this.patterns === NUM_PATTERNS;
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
    out[at + NUM_LAMPS] = 1 - this.patterns / NUM_PATTERNS;
  }
}
