/**
 * Hyperparameters that may change while a run goes on. The trainer asks for values; the first learner passes them on, one update
 * later, so that learners who make an update together make it with the same ones.
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';

export const liveSettingNames = ['lr', 'entCoef'] as const;
export type LiveSettingName = (typeof liveSettingNames)[number];
export type LiveValues = Pick<Hyperparameters, LiveSettingName>;

const COUNT = liveSettingNames.length;
/** First what was asked for, then what holds for even and for odd updates. */
const ASKED = 0;

export class LiveSettings {
  /** Bits of float64, for Atomics take integers only. */
  readonly #words: BigInt64Array;
  readonly #float = new Float64Array(1);
  readonly #bits = new BigInt64Array(this.#float.buffer);

  constructor(memory: SharedArrayBuffer) {
    this.#words = new BigInt64Array(memory);
  }

  /** Memory in which these values hold. */
  static allocate(values: LiveValues): SharedArrayBuffer {
    const memory = new SharedArrayBuffer(3 * COUNT * BigInt64Array.BYTES_PER_ELEMENT);
    new LiveSettings(memory).begin(values);
    return memory;
  }

  /** Makes these values hold from the first update on. Before learners begin. */
  begin(values: LiveValues): void {
    for (let block = 0; block < 3; block++) this.#write(block, values);
  }

  /** Asks for other values, by the trainer. They hold from the next update but one. */
  ask(values: LiveValues): void {
    this.#write(ASKED, values);
  }

  /** What was asked for last. */
  get asked(): LiveValues {
    return this.#read(ASKED);
  }

  /**
   * The values of update k. Every learner calls this once for each update, before it gives its gradients to the others.
   * @param isFirstLearner passes on what was asked for to update k + 1: no learner reads that before all have finished update k
   */
  valuesOf(update: number, isFirstLearner: boolean): LiveValues {
    if (isFirstLearner) this.#write(blockOf(update + 1), this.asked);
    return this.#read(blockOf(update));
  }

  #write(block: number, values: LiveValues): void {
    for (const [i, name] of liveSettingNames.entries()) {
      this.#float[0] = values[name];
      Atomics.store(this.#words, block * COUNT + i, this.#bits[0]!);
    }
  }

  #read(block: number): LiveValues {
    const value = (i: number) => {
      this.#bits[0] = Atomics.load(this.#words, block * COUNT + i);
      return this.#float[0]!;
    };
    return { lr: value(0), entCoef: value(1) };
  }
}

const blockOf = (update: number): number => 1 + (update % 2);
