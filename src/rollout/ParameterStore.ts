/**
 * The policy's parameters in shared memory: two copies, of which the newest is read while the other is written. Only the
 * learner writes. A reader that was overtaken notices and reads again, so nobody ever holds half of one version and half of another.
 */
import { whenChanged } from './whenChanged.ts';

/** Version that can be read: the number of updates made. */
const VERSION = 0;
/** Version that is being written, or was last. */
const WRITING = 1;
const CLOSED = 2;
const HEADER = 16;

export class ParameterStore {
  readonly size: number;
  readonly #words: Int32Array;
  readonly #copies: readonly [Float32Array, Float32Array];

  constructor(memory: SharedArrayBuffer) {
    const bytes = Int32Array.BYTES_PER_ELEMENT;
    this.#words = new Int32Array(memory, 0, HEADER);
    this.size = (memory.byteLength / bytes - HEADER) / 2;
    this.#copies = [
      new Float32Array(memory, HEADER * bytes, this.size),
      new Float32Array(memory, (HEADER + this.size) * bytes, this.size),
    ];
  }

  static allocate(size: number): SharedArrayBuffer {
    return new SharedArrayBuffer((HEADER + 2 * size) * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Updates made when the newest parameters were published. */
  get version(): number {
    return Atomics.load(this.#words, VERSION);
  }

  /** Makes `parameters` [size] the newest, as `version`. For the learner alone; versions only rise, by one each time. */
  publish(parameters: Float32Array, version: number): void {
    Atomics.store(this.#words, WRITING, version);
    this.#copies[version & 1]!.set(parameters);
    Atomics.store(this.#words, VERSION, version);
    Atomics.notify(this.#words, VERSION);
  }

  /** Copies the newest parameters into `out` [size] and returns their version. */
  read(out: Float32Array): number {
    for (;;) {
      const version = Atomics.load(this.#words, VERSION);
      out.set(this.#copies[version & 1]!);
      // A read-modify-write, since an ordinary atomic load would not keep the copying before it on every processor.
      const writing = Atomics.add(this.#words, WRITING, 0);
      if (writing - version < 2) return version; // The copy we read is written again only from version + 2 on.
    }
  }

  /** Sleeps until `version` or a later one is published. False once the store is closed. */
  waitFor(version: number): boolean {
    for (;;) {
      if (Atomics.load(this.#words, CLOSED) === 1) return false;
      const seen = this.version;
      if (seen >= version) return true;
      Atomics.wait(this.#words, VERSION, seen, 100);
    }
  }

  /** Resolves when the version is no longer `seen`, or after some time. */
  whenPublished(seen: number, sleep: (ms: number) => Promise<void>): Promise<void> {
    return whenChanged(this.#words, VERSION, seen, sleep);
  }

  /** Ends all waiting. */
  close(): void {
    Atomics.store(this.#words, CLOSED, 1);
    Atomics.notify(this.#words, VERSION);
  }
}
