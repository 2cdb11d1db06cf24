/**
 * MemoryChain (bsuite): a few bits are shown at the start, and a question about one of them at the end. Only an agent
 * that remembers can answer.
 *
 * Observation [1, bits + 2]: the time left as a share; the number of the bit asked for, in the last observation before
 * the answer, else 0; the bits as ±1 at time 0, else 0. Reset shows time 0, and so does the first step.
 * Action: 0 or 1; only the last one counts, as the answer.
 * Reward: 1 for the right answer, −1 for the wrong one, in the last step.
 * Start: fair bits and a fair question.
 * End: terminated after `length` + 1 steps.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

export interface MemoryChainOptions {
  readonly length: number;
  readonly bits: number;
}

export const memoryChainSpec = ({ length, bits }: MemoryChainOptions): EnvSpec => ({
  id: `bsuite/MemoryChain${length}${bits === 1 ? '' : `x${bits}`}-v0`,
  doc: `Remember ${bits === 1 ? 'a bit' : `${bits} bits`} for ${length} steps and then say it: right pays 1, wrong costs 1.`,
  observationSpace: {
    kind: 'box',
    shape: [1, bits + 2],
    dtype: 'float32',
    low: [0, 0, ...Array.from({ length: bits }, () => -1)],
    high: [1, Math.max(1, bits - 1), ...Array.from({ length: bits }, () => 1)],
  },
  actionSpace: { kind: 'discrete', n: 2, names: ['bit 0', 'bit 1'] },
  maxEpisodeSteps: length + 2,
  rewardThreshold: null,
  framesPerSecond: 6,
});

export class MemoryChain implements Env<number> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private readonly length: number;
  private readonly context: Uint8Array;
  private query = 0;
  private steps = 0;

  constructor(options: MemoryChainOptions) {
    this.spec = memoryChainSpec(options);
    this.length = options.length;
    this.context = new Uint8Array(options.bits);
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    for (let i = 0; i < this.context.length; i++) this.context[i] = this.random.integers(0, 2);
    this.query = this.random.integers(0, this.context.length);
    this.steps = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at, 0);
  }

  step(action: number, out: ObservationArray, at: number): void {
    this.steps += 1;
    this.terminated = this.steps === this.length + 1;
    this.reward = this.terminated ? (action === this.context[this.query] ? 1 : -1) : 0;
    this.observe(out, at, this.steps - 1);
  }

  /** Steps made, bit asked for, last reward, and the bits. */
  snapshot(out: Float64Array): void {
    out[0] = this.steps;
    out[1] = this.query;
    out[2] = this.reward;
    for (let i = 0; i < this.context.length; i++) out[3 + i] = this.context[i]!;
  }

  private observe(out: ObservationArray, at: number, time: number): void {
    out[at] = 1 - time / this.length;
    out[at + 1] = time === this.length - 1 ? this.query : 0;
    for (let i = 0; i < this.context.length; i++) out[at + 2 + i] = time === 0 ? 2 * this.context[i]! - 1 : 0;
  }
}
