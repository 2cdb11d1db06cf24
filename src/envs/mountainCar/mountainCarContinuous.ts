/**
 * MountainCarContinuous-v0: the weak car of MountainCar with an accelerator, as in Gymnasium 1.4.0, bit for bit.
 *
 * Observation: position (−1.2 … 0.6) and velocity (per step).
 * Action: force in [−1, 1]; beyond that it is clipped, but paid for.
 * Reward: −0.1 · action², and 100 for reaching the goal.
 * Start: at rest, with the position uniform in [−0.6, −0.4).
 * End: terminated at position 0.45 with at least `goalVelocity`; truncated after 999 steps.
 *
 * Gymnasium keeps this state in float32 from the first step on, so from the second step of an episode numpy computes
 * in float32 wherever no float64 number joins in. `roundIf` below stands where that happens.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';
import {
  GRAVITY,
  MAX_POSITION,
  MAX_SPEED,
  MIN_POSITION,
  type MountainCarOptions,
  mountainCarSpec,
} from './mountainCar.ts';

const POWER = 0.0015;
export const GOAL_POSITION = 0.45;

export const mountainCarContinuousSpec: EnvSpec = {
  id: 'MountainCarContinuous-v0',
  doc: 'Rock a weak car out of a valley with as little force as possible; the flag pays 100.',
  observationSpace: mountainCarSpec.observationSpace,
  actionSpace: { kind: 'box', shape: [1], dtype: 'float32', low: [-1], high: [1] },
  maxEpisodeSteps: 999,
  rewardThreshold: 90,
  framesPerSecond: 30,
};

/** To float32 if `isRounded`. */
const roundIf = (isRounded: boolean, value: number): number => (isRounded ? Math.fround(value) : value);

export class MountainCarContinuous implements Env<Float32Array> {
  readonly spec = mountainCarContinuousSpec;
  reward = 0;
  terminated = false;
  /** Position and velocity. */
  readonly state = new Float64Array(2);
  /** Whether the state is one of float32 numbers: after every step, but not after a reset. */
  isRounded = false;
  private readonly random = new NumpyRandom(0);
  private readonly goalVelocity: number;

  constructor({ goalVelocity = 0 }: MountainCarOptions = {}) {
    this.goalVelocity = goalVelocity;
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.state[0] = this.random.uniform(-0.6, -0.4);
    this.state[1] = 0;
    this.isRounded = false;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: Float32Array, out: ObservationArray, at: number): void {
    const { isRounded } = this;
    const force = action[0]!;
    const pull = GRAVITY * Math.cos(roundIf(isRounded, 3 * this.state[0]!));
    // A force within the bounds is still a float32 number; a clipped one is Python's own, exact 1 or −1.
    const push =
      Math.abs(force) <= 1
        ? Math.fround(Math.fround(force * Math.fround(POWER)) - Math.fround(pull))
        : roundIf(isRounded, Math.sign(force) * POWER - pull);
    const maxSpeed = roundIf(isRounded, MAX_SPEED);
    const minPosition = roundIf(isRounded, MIN_POSITION);
    let velocity = Math.max(-maxSpeed, Math.min(maxSpeed, roundIf(isRounded, this.state[1]! + push)));
    const position = Math.max(
      minPosition,
      Math.min(roundIf(isRounded, MAX_POSITION), roundIf(isRounded, this.state[0]! + velocity)),
    );
    if (position === minPosition && velocity < 0) velocity = 0;

    this.terminated =
      position >= roundIf(isRounded, GOAL_POSITION) && velocity >= roundIf(isRounded, this.goalVelocity);
    this.reward = (this.terminated ? 100 : 0) - force * force * 0.1;
    this.state[0] = Math.fround(position);
    this.state[1] = Math.fround(velocity);
    this.isRounded = true;
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
