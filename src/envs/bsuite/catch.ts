/**
 * Catch (bsuite): a ball falls straight down and has to be met by a paddle in the lowest row. The simplest task that
 * needs credit over several steps.
 *
 * Observation [10, 5]: 1 at the ball and at the paddle, else 0.
 * Reward: 1 in the last step if the paddle is under the ball, else −1.
 * Start: the ball in a random column of the top row, the paddle in the middle.
 * End: terminated when the ball has arrived, after 9 steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export const ROWS = 10;
export const COLUMNS = 5;

export const catchSpec: EnvSpec = {
  id: 'bsuite/Catch-v0',
  doc: 'Move a paddle under a falling ball; catching it pays 1, missing it costs 1.',
  observationSpace: { kind: 'box', shape: [ROWS, COLUMNS], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'discrete', n: 3, names: ['left', 'stay', 'right'] },
  maxEpisodeSteps: ROWS,
  rewardThreshold: null,
  framesPerSecond: 8,
};

export class Catch implements Env<number> {
  readonly spec = catchSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private ballColumn = 0;
  private ballRow = 0;
  private paddle = 2;

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.ballColumn = this.random.integers(0, COLUMNS);
    this.ballRow = 0;
    this.paddle = 2;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    this.paddle = Math.max(0, Math.min(COLUMNS - 1, this.paddle + action - 1));
    this.ballRow += 1;
    this.terminated = this.ballRow === ROWS - 1;
    this.reward = this.terminated ? (this.paddle === this.ballColumn ? 1 : -1) : 0;
    this.observe(out, at);
  }

  /** Row and column of the ball, column of the paddle. */
  snapshot(out: Float64Array): void {
    out[0] = this.ballRow;
    out[1] = this.ballColumn;
    out[2] = this.paddle;
  }

  private observe(out: ObservationArray, at: number): void {
    out.fill(0, at, at + ROWS * COLUMNS);
    out[at + this.ballRow * COLUMNS + this.ballColumn] = 1;
    out[at + (ROWS - 1) * COLUMNS + this.paddle] = 1;
  }
}
