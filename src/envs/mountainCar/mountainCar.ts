/**
 * MountainCar-v0: an engine too weak to climb the hill has to gather speed on the other side (Moore 1990), as in
 * Gymnasium 1.4.0, bit for bit.
 *
 * Observation: position (−1.2 … 0.6) and velocity (per step).
 * Action: push to the left, not at all, to the right.
 * Reward: −1 for every step, the last one included.
 * Start: at rest, with the position uniform in [−0.6, −0.4).
 * End: terminated at position 0.5 with at least `goalVelocity`; truncated after 200 steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export const MIN_POSITION = -1.2;
export const MAX_POSITION = 0.6;
export const MAX_SPEED = 0.07;
export const GRAVITY = 0.0025;
export const GOAL_POSITION = 0.5;
const FORCE = 0.001;

export const mountainCarSpec: EnvSpec = {
  id: 'MountainCar-v0',
  doc: 'Rock a weak car out of a valley; every step until the flag costs 1.',
  observationSpace: {
    kind: 'box',
    shape: [2],
    dtype: 'float32',
    low: [MIN_POSITION, -MAX_SPEED],
    high: [MAX_POSITION, MAX_SPEED],
  },
  actionSpace: { kind: 'discrete', n: 3, names: ['left', 'none', 'right'] },
  maxEpisodeSteps: 200,
  rewardThreshold: -110,
  framesPerSecond: 30,
};

export interface MountainCarOptions {
  /** The velocity with which the goal must be reached. */
  readonly goalVelocity?: number;
}

export class MountainCar implements Env<number> {
  readonly spec = mountainCarSpec;
  reward = 0;
  terminated = false;
  /** Position and velocity: the observation before it is rounded. */
  readonly state = new Float64Array(2);
  private readonly random = new NumpyRandom(0);
  private readonly goalVelocity: number;

  constructor({ goalVelocity = 0 }: MountainCarOptions = {}) {
    this.goalVelocity = goalVelocity;
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.state[0] = this.random.uniform(-0.6, -0.4);
    this.state[1] = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    const push = (action - 1) * FORCE + Math.cos(3 * this.state[0]!) * -GRAVITY;
    const velocity = clamp(this.state[1]! + push, -MAX_SPEED, MAX_SPEED);
    const position = clamp(this.state[0]! + velocity, MIN_POSITION, MAX_POSITION);
    this.state[0] = position;
    this.state[1] = position === MIN_POSITION && velocity < 0 ? 0 : velocity;
    this.terminated = position >= GOAL_POSITION && this.state[1]! >= this.goalVelocity;
    this.reward = -1;
    this.observe(out, at);
  }

  /** Position. */
  snapshot(out: Float64Array): void {
    out[0] = this.state[0]!;
  }

  private observe(out: ObservationArray, at: number): void {
    out[at] = this.state[0]!;
    out[at + 1] = this.state[1]!;
  }
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
