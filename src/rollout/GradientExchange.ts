/**
 * Adds up the gradients of several learners (IMPALA's Figure 1, right): each writes its own, waits for the others, and sums
 * all of them in the same order, so that every learner makes the same update without any of them being the master.
 */
import { whenChanged } from './whenChanged.ts';

/** Words per learner: one cache line. */
const STRIDE = 16;

export class GradientExchange {
  readonly numLearners: number;
  readonly size: number;
  readonly #arrived: Int32Array;
  /** [parity][learner]: a learner can be one sum ahead of another, never two. */
  readonly #gradients: readonly (readonly Float32Array[])[];

  constructor(memory: SharedArrayBuffer, numLearners: number) {
    const bytes = Float32Array.BYTES_PER_ELEMENT;
    this.numLearners = numLearners;
    this.#arrived = new Int32Array(memory, 0, numLearners * STRIDE);
    this.size = (memory.byteLength / bytes - numLearners * STRIDE) / (2 * numLearners);
    this.#gradients = [0, 1].map((parity) =>
      Array.from({ length: numLearners }, (_, learner) => {
        const at = numLearners * STRIDE + (parity * numLearners + learner) * this.size;
        return new Float32Array(memory, at * bytes, this.size);
      }),
    );
  }

  static allocate(numLearners: number, size: number): SharedArrayBuffer {
    return new SharedArrayBuffer((numLearners * STRIDE + 2 * numLearners * size) * Float32Array.BYTES_PER_ELEMENT);
  }

  /**
   * Replaces `values` [size] by the sum over all learners. Every learner must call it for round 0, 1, 2, …: one for each
   * optimiser step. Returns false if `isStopping` before all have arrived.
   */
  async sum(
    learner: number,
    round: number,
    values: Float32Array,
    isStopping: () => boolean,
    sleep: (ms: number) => Promise<void>,
  ): Promise<boolean> {
    const gradients = this.#gradients[round & 1]!;
    gradients[learner]!.set(values);
    Atomics.store(this.#arrived, learner * STRIDE, round + 1);
    Atomics.notify(this.#arrived, learner * STRIDE);
    for (let other = 0; other < this.numLearners; other++) {
      for (;;) {
        const seen = Atomics.load(this.#arrived, other * STRIDE);
        if (seen > round) break;
        if (isStopping()) return false;
        await whenChanged(this.#arrived, other * STRIDE, seen, sleep);
      }
    }
    values.set(gradients[0]!);
    for (const gradient of gradients.slice(1)) for (let i = 0; i < values.length; i++) values[i]! += gradient[i]!;
    return true;
  }
}
