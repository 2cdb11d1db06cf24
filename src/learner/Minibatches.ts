/** Splits batches by their rollouts, in another random order for each pass. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { RandomStream } from '../math/randomStream.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { Batch } from './Batch.ts';

export class Minibatches {
  readonly #count: number;
  /** Memory of the present minibatch; null where a batch is one whole. */
  readonly #part: Batch | null;
  readonly #order: Int32Array;
  readonly #random: RandomStream;

  constructor(h: Hyperparameters, network: NetworkSpec) {
    this.#count = h.numMinibatches;
    this.#part = this.#count === 1 ? null : new Batch({ ...h, batchSize: h.batchSize / this.#count }, network);
    this.#order = Int32Array.from({ length: h.batchSize }, (_, b) => b);
    this.#random = new RandomStream(h.seed, 'minibatches');
  }

  /** The minibatch of step 0, 1, 2, … of an update, in memory that the next call overwrites. Allocates nothing. */
  take(batch: Batch, step: number): Batch {
    if (!this.#part) return batch;
    const index = step % this.#count;
    if (index === 0) this.#shuffle();
    this.#part.takeColumns(batch, this.#order, index * this.#part.B);
    return this.#part;
  }

  /** Fisher and Yates. */
  #shuffle(): void {
    const order = this.#order;
    for (let last = order.length - 1; last > 0; last--) {
      const chosen = this.#random.below(last + 1);
      const kept = order[last]!;
      order[last] = order[chosen]!;
      order[chosen] = kept;
    }
  }
}
