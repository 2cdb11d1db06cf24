/**
 * Pendulum-v1: swing a pendulum up with a motor too weak to lift it at once and hold it there, as in Gymnasium 1.4.0.
 *
 * Observation: cosine and sine of the angle (0 upright, counter-clockwise), angular velocity (rad/s).
 * Action: torque in [−2, 2] N·m; beyond that it is clipped.
 * Reward: −(angle² + 0.1 · velocity² + 0.001 · torque²) of the state before the step, the angle in [−π, π).
 * Start: angle uniform in [−π, π), velocity in [−1, 1).
 * End: only truncated, after 200 steps.
 *
 * Two products are float32 in Gymnasium, because the torque is; a pendulum near its top amplifies the difference.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

const MAX_VELOCITY = 8;
export const MAX_TORQUE = 2;
const TIME_STEP = 0.05;
const MASS = 1;
const LENGTH = 1;

export const pendulumSpec: EnvSpec = {
  id: 'Pendulum-v1',
  doc: 'Swing a pendulum up and hold it upright; each step costs the angle, the speed and the torque, squared.',
  observationSpace: {
    kind: 'box',
    shape: [3],
    dtype: 'float32',
    low: [-1, -1, -MAX_VELOCITY],
    high: [1, 1, MAX_VELOCITY],
  },
  actionSpace: { kind: 'box', shape: [1], dtype: 'float32', low: [-MAX_TORQUE], high: [MAX_TORQUE] },
  maxEpisodeSteps: 200,
  rewardThreshold: null,
  framesPerSecond: 30,
};

export interface PendulumOptions {
  /** Acceleration of gravity in m/s². */
  readonly gravity?: number;
}

export class Pendulum implements Env<Float32Array> {
  readonly spec = pendulumSpec;
  reward = 0;
  terminated = false;
  /** Angle (rad, never wrapped) and angular velocity (rad/s). */
  readonly state = new Float64Array(2);
  private readonly random = new NumpyRandom(0);
  private readonly gravity: number;
  private lastTorque = 0;

  constructor({ gravity = 10 }: PendulumOptions = {}) {
    this.gravity = gravity;
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.state[0] = this.random.uniform(-Math.PI, Math.PI);
    this.state[1] = this.random.uniform(-1, 1);
    this.lastTorque = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: Float32Array, out: ObservationArray, at: number): void {
    const angle = this.state[0]!;
    const velocity = this.state[1]!;
    const torque = Math.max(-MAX_TORQUE, Math.min(MAX_TORQUE, action[0]!));
    const torqueCost = Math.fround(Math.fround(0.001) * Math.fround(torque * torque));
    this.reward = -(wrapAngle(angle) ** 2 + 0.1 * velocity ** 2 + torqueCost);

    const fromGravity = ((3 * this.gravity) / (2 * LENGTH)) * Math.sin(angle);
    const fromTorque = Math.fround((3 / (MASS * LENGTH ** 2)) * torque);
    const faster = velocity + (fromGravity + fromTorque) * TIME_STEP;
    const newVelocity = Math.max(-MAX_VELOCITY, Math.min(MAX_VELOCITY, faster));
    this.state[0] = angle + newVelocity * TIME_STEP;
    this.state[1] = newVelocity;
    this.lastTorque = torque;
    this.observe(out, at);
  }

  /** Angle and the torque applied last, 0 at the start of an episode. */
  snapshot(out: Float64Array): void {
    out[0] = this.state[0]!;
    out[1] = this.lastTorque;
  }

  private observe(out: ObservationArray, at: number): void {
    out[at] = Math.cos(this.state[0]!);
    out[at + 1] = Math.sin(this.state[0]!);
    out[at + 2] = this.state[1]!;
  }
}

/** The same angle in [−π, π). */
function wrapAngle(angle: number): number {
  const remainder = (angle + Math.PI) % (2 * Math.PI);
  return (remainder < 0 ? remainder + 2 * Math.PI : remainder) - Math.PI;
}
