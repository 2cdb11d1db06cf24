/**
 * Acrobot-v1: two links hang from a pivot, with a motor at the joint between them, and have to swing their tip up
 * (Sutton 1996), as in Gymnasium 1.4.0 in its "book" variant (Sutton and Barto).
 *
 * Observation: cosine and sine of both angles, and both angular velocities (rad/s).
 * Action: torque −1, 0 or 1 N·m on the joint.
 * Reward: −1 for every step but the one that ends it with the tip up, which pays 0.
 * Start: each of the four state variables uniform in [−0.1, 0.1), rounded to float32. Both links hang down at 0.
 * End: terminated when the tip is more than a link's length above the pivot; truncated after 500 steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

const TIME_STEP = 0.2;
const GRAVITY = 9.8;
/** Both links are alike. Length and the distance of the centre of mass in metres, mass in kilograms. */
const LENGTH = 1;
const CENTRE = 0.5;
const MASS = 1;
const INERTIA = 1;
const MAX_VELOCITY_1 = 4 * Math.PI;
const MAX_VELOCITY_2 = 9 * Math.PI;

const bounds = [1, 1, 1, 1, MAX_VELOCITY_1, MAX_VELOCITY_2].map(Math.fround);

export const acrobotSpec: EnvSpec = {
  id: 'Acrobot-v1',
  doc: 'Swing two hanging links up over the line with a motor between them; every step until then costs 1.',
  observationSpace: { kind: 'box', shape: [6], dtype: 'float32', low: bounds.map((bound) => -bound), high: bounds },
  actionSpace: { kind: 'discrete', n: 3, names: ['torque −1', 'no torque', 'torque +1'] },
  maxEpisodeSteps: 500,
  rewardThreshold: -100,
  framesPerSecond: 15,
};

export class Acrobot implements Env<number> {
  readonly spec = acrobotSpec;
  reward = 0;
  terminated = false;
  /** Angle of the first link, of the second relative to the first (rad), and their velocities (rad/s). */
  readonly state = new Float64Array(4);
  private readonly random = new NumpyRandom(0);
  /** Slopes and intermediate state of the Runge-Kutta step. */
  private readonly slopes = Array.from({ length: 4 }, () => new Float64Array(4));
  private readonly trial = new Float64Array(4);

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    for (let i = 0; i < 4; i++) this.state[i] = Math.fround(this.random.uniform(-0.1, 0.1));
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    const { state } = this;
    this.integrate(action - 1);
    state[0] = wrapAngle(state[0]!);
    state[1] = wrapAngle(state[1]!);
    state[2] = Math.max(-MAX_VELOCITY_1, Math.min(MAX_VELOCITY_1, state[2]!));
    state[3] = Math.max(-MAX_VELOCITY_2, Math.min(MAX_VELOCITY_2, state[3]!));
    this.terminated = -Math.cos(state[0]) - Math.cos(state[1] + state[0]) > 1;
    this.reward = this.terminated ? 0 : -1;
    this.observe(out, at);
  }

  /** Angles of both links from hanging down, counter-clockwise. */
  snapshot(out: Float64Array): void {
    out[0] = this.state[0]!;
    out[1] = this.state[0]! + this.state[1]!;
  }

  /** One step of the classical Runge-Kutta method of fourth order, the torque held constant. */
  private integrate(torque: number): void {
    const { state, trial } = this;
    const [slope1, slope2, slope3, slope4] = this.slopes as [Float64Array, Float64Array, Float64Array, Float64Array];
    writeSlope(state, torque, slope1);
    for (let i = 0; i < 4; i++) trial[i] = state[i]! + (TIME_STEP / 2) * slope1[i]!;
    writeSlope(trial, torque, slope2);
    for (let i = 0; i < 4; i++) trial[i] = state[i]! + (TIME_STEP / 2) * slope2[i]!;
    writeSlope(trial, torque, slope3);
    for (let i = 0; i < 4; i++) trial[i] = state[i]! + TIME_STEP * slope3[i]!;
    writeSlope(trial, torque, slope4);
    for (let i = 0; i < 4; i++) {
      state[i] = state[i]! + (TIME_STEP / 6) * (slope1[i]! + 2 * slope2[i]! + 2 * slope3[i]! + slope4[i]!);
    }
  }

  private observe(out: ObservationArray, at: number): void {
    const { state } = this;
    out[at] = Math.cos(state[0]!);
    out[at + 1] = Math.sin(state[0]!);
    out[at + 2] = Math.cos(state[1]!);
    out[at + 3] = Math.sin(state[1]!);
    out[at + 4] = state[2]!;
    out[at + 5] = state[3]!;
  }
}

/** The time derivative of a state [4]: the equations of motion of the double pendulum (Sutton and Barto, section 11.3). */
function writeSlope(state: Float64Array, torque: number, slope: Float64Array): void {
  const angle1 = state[0]!;
  const angle2 = state[1]!;
  const velocity1 = state[2]!;
  const velocity2 = state[3]!;
  const sin2 = Math.sin(angle2);
  const cos2 = Math.cos(angle2);
  const d1 = MASS * CENTRE ** 2 + MASS * (LENGTH ** 2 + CENTRE ** 2 + 2 * LENGTH * CENTRE * cos2) + INERTIA + INERTIA;
  const d2 = MASS * (CENTRE ** 2 + LENGTH * CENTRE * cos2) + INERTIA;
  const phi2 = MASS * CENTRE * GRAVITY * Math.cos(angle1 + angle2 - Math.PI / 2);
  const phi1 =
    -MASS * LENGTH * CENTRE * velocity2 ** 2 * sin2 -
    2 * MASS * LENGTH * CENTRE * velocity2 * velocity1 * sin2 +
    (MASS * CENTRE + MASS * LENGTH) * GRAVITY * Math.cos(angle1 - Math.PI / 2) +
    phi2;
  const acceleration2 =
    (torque + (d2 / d1) * phi1 - MASS * LENGTH * CENTRE * velocity1 ** 2 * sin2 - phi2) /
    (MASS * CENTRE ** 2 + INERTIA - d2 ** 2 / d1);
  slope[0] = velocity1;
  slope[1] = velocity2;
  slope[2] = -(d2 * acceleration2 + phi1) / d1;
  slope[3] = acceleration2;
}

/** The same angle in [−π, π]; a loop rather than a remainder, to round as Gymnasium does. */
function wrapAngle(angle: number): number {
  let wrapped = angle;
  while (wrapped > Math.PI) wrapped -= 2 * Math.PI;
  while (wrapped < -Math.PI) wrapped += 2 * Math.PI;
  return wrapped;
}
