/**
 * CartPole-v1: a cart on a track balances a pole that is hinged to it (Barto, Sutton and Anderson 1983), as in
 * Gymnasium 1.4.0, bit for bit.
 *
 * Observation: position (m), velocity (m/s), angle of the pole (rad, 0 upright, positive to the right), angular velocity (rad/s).
 * Action: push the cart to the left or to the right with 10 N.
 * Reward: 1 for every step, the last one included; with `suttonBartoReward` 0, and −1 for the step in which the pole falls.
 * Start: each of the four uniform in [−0.05, 0.05).
 * End: terminated when the cart is more than 2.4 m off the middle or the pole leans more than 12°; truncated after 500 steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

const GRAVITY = 9.8;
const POLE_MASS = 0.1;
const TOTAL_MASS = 1.1;
const HALF_POLE_LENGTH = 0.5;
const POLE_MASS_LENGTH = POLE_MASS * HALF_POLE_LENGTH;
const FORCE = 10;
const TIME_STEP = 0.02;
const ANGLE_LIMIT = (12 * 2 * Math.PI) / 360;

/** Half the length of the track, in metres. */
export const POSITION_LIMIT = 2.4;
/** In metres. */
export const POLE_LENGTH = 2 * HALF_POLE_LENGTH;

const bounds = [2 * POSITION_LIMIT, Number.POSITIVE_INFINITY, Math.fround(2 * ANGLE_LIMIT), Number.POSITIVE_INFINITY];

export const cartPoleSpec: EnvSpec = {
  id: 'CartPole-v1',
  doc: 'Push a cart to the left or right so that the pole on it stays upright; every step pays 1.',
  observationSpace: { kind: 'box', shape: [4], dtype: 'float32', low: bounds.map((bound) => -bound), high: bounds },
  actionSpace: { kind: 'discrete', n: 2, names: ['left', 'right'] },
  maxEpisodeSteps: 500,
  rewardThreshold: 475,
  framesPerSecond: 50,
};

export interface CartPoleOptions {
  /** Pay −1 for the step that terminates and 0 for all others, as in the paper. */
  readonly suttonBartoReward?: boolean;
}

export class CartPole implements Env<number> {
  readonly spec = cartPoleSpec;
  reward = 0;
  terminated = false;
  /** Position, velocity, angle, angular velocity: the observation before it is rounded. */
  readonly state = new Float64Array(4);
  private readonly random = new NumpyRandom(0);
  private readonly rewardAlive: number;
  private readonly rewardFallen: number;

  constructor({ suttonBartoReward = false }: CartPoleOptions = {}) {
    this.rewardAlive = suttonBartoReward ? 0 : 1;
    this.rewardFallen = suttonBartoReward ? -1 : 1;
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    for (let i = 0; i < 4; i++) this.state[i] = this.random.uniform(-0.05, 0.05);
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    const { state } = this;
    const velocity = state[1]!;
    const angle = state[2]!;
    const angularVelocity = state[3]!;
    const sin = Math.sin(angle);
    const cos = Math.cos(angle);

    // The products are associated as Gymnasium writes them, since each order rounds differently.
    const force = action === 1 ? FORCE : -FORCE;
    const push = (force + POLE_MASS_LENGTH * (angularVelocity * angularVelocity) * sin) / TOTAL_MASS;
    const angularAcceleration =
      (GRAVITY * sin - cos * push) / (HALF_POLE_LENGTH * (4 / 3 - (POLE_MASS * (cos * cos)) / TOTAL_MASS));
    const acceleration = push - (POLE_MASS_LENGTH * angularAcceleration * cos) / TOTAL_MASS;

    // Explicit Euler: positions move with the velocities from before the step.
    const newPosition = state[0]! + TIME_STEP * velocity;
    const newAngle = angle + TIME_STEP * angularVelocity;
    state[0] = newPosition;
    state[1] = velocity + TIME_STEP * acceleration;
    state[2] = newAngle;
    state[3] = angularVelocity + TIME_STEP * angularAcceleration;

    this.terminated = Math.abs(newPosition) > POSITION_LIMIT || Math.abs(newAngle) > ANGLE_LIMIT;
    this.reward = this.terminated ? this.rewardFallen : this.rewardAlive;
    this.observe(out, at);
  }

  /** Position and angle. */
  snapshot(out: Float64Array): void {
    out[0] = this.state[0]!;
    out[1] = this.state[2]!;
  }

  private observe(out: ObservationArray, at: number): void {
    const { state } = this;
    out[at] = state[0]!;
    out[at + 1] = state[1]!;
    out[at + 2] = state[2]!;
    out[at + 3] = state[3]!;
  }
}
