/**
 * DeepSea (bsuite): a diver sinks through a square of cells, one row a step, and only going right in every one of them
 * finds the treasure, though each step to the right costs a little. A random policy finds it once in 2^size episodes,
 * so this measures exploration.
 *
 * Observation [size, size]: 1 at the diver's cell, else 0; all 0 at the end.
 * Action: in each cell one of the two means right and the other left, fixed by a coin per cell (`mappingSeed`).
 * Reward: −0.01 / size for a step to the right, 1 for going right in the last column.
 * Start: the upper left corner.
 * End: terminated after `size` steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export interface DeepSeaOptions {
  readonly size: number;
  /** Decides which action means right in which cell. */
  readonly mappingSeed?: number;
}

export const deepSeaSpec = (size: number): EnvSpec => ({
  id: `bsuite/DeepSea${size}-v0`,
  doc: `Find the one path of ${size} steps to the right that leads to a treasure, though each of them costs a little.`,
  observationSpace: { kind: 'box', shape: [size, size], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'discrete', n: 2, names: ['first', 'second'] },
  maxEpisodeSteps: size + 1,
  rewardThreshold: null,
  framesPerSecond: 8,
});

export class DeepSea implements Env<number> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  private readonly size: number;
  /** By cell, the action that means right. */
  private readonly rightAction: Uint8Array;
  private row = 0;
  private column = 0;

  constructor({ size, mappingSeed = 0 }: DeepSeaOptions) {
    this.spec = deepSeaSpec(size);
    this.size = size;
    const coin = new NumpyRandom(mappingSeed);
    this.rightAction = new Uint8Array(size * size).map(() => coin.integers(0, 2));
  }

  /** Nothing here is random but the mapping, so a seed changes nothing. */
  reset(out: ObservationArray, at: number): void {
    this.row = 0;
    this.column = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    const { size } = this;
    const goesRight = action === this.rightAction[this.row * size + this.column];
    this.reward = goesRight ? -0.01 / size : 0;
    if (goesRight && this.column === size - 1) this.reward += 1;
    this.column = Math.max(0, Math.min(size - 1, this.column + (goesRight ? 1 : -1)));
    this.row += 1;
    this.terminated = this.row === size;
    this.observe(out, at);
  }

  /** Which action means right in the present cell; 0 at the end. */
  get actionToTheRight(): number {
    return this.rightAction[this.row * this.size + this.column] ?? 0;
  }

  /** Row and column. */
  snapshot(out: Float64Array): void {
    out[0] = this.row;
    out[1] = this.column;
  }

  private observe(out: ObservationArray, at: number): void {
    out.fill(0, at, at + this.size * this.size);
    if (!this.terminated) out[at + this.row * this.size + this.column] = 1;
  }
}
