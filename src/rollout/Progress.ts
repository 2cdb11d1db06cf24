/**
 * Counters that workers raise and the trainer reads, and the one word by which the trainer pauses them. Both travel through
 * shared memory, since a thread asleep in `Atomics.wait` hears no messages. A count that stops moving is a worker that stalled.
 */
import { whenChanged } from './whenChanged.ts';

const PAUSED = 0;
const STOPPING = 1;
const HEADER = 16;
/** Words per actor: one cache line. */
const STRIDE = 16;
const ROLLOUTS_STARTED = 0;
const ROLLOUTS_FILLED = 1;
const STEPS = 2;

export class Progress {
  readonly numActors: number;
  readonly #words: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
    this.numActors = (this.#words.length - HEADER) / STRIDE;
  }

  static allocate(numActors: number): SharedArrayBuffer {
    return new SharedArrayBuffer((HEADER + numActors * STRIDE) * Int32Array.BYTES_PER_ELEMENT);
  }

  // ── commands, given by the trainer ──────────────────────────────────────────────────────────────────────────────────

  setPaused(paused: boolean): void {
    Atomics.store(this.#words, PAUSED, paused ? 1 : 0);
    Atomics.notify(this.#words, PAUSED);
  }

  get isPaused(): boolean {
    return Atomics.load(this.#words, PAUSED) === 1;
  }

  /** Asks the learners to end after the update under way. */
  stop(): void {
    Atomics.store(this.#words, STOPPING, 1);
    this.setPaused(false);
    for (let actor = 0; actor < this.numActors; actor++) Atomics.notify(this.#words, this.#at(actor, ROLLOUTS_STARTED));
  }

  get isStopping(): boolean {
    return Atomics.load(this.#words, STOPPING) === 1;
  }

  /** Sleeps while paused. */
  sleepWhilePaused(): void {
    while (this.isPaused) Atomics.wait(this.#words, PAUSED, 1, 1000);
  }

  /** Resolves when no longer paused, or after some time. */
  whenResumed(sleep: (ms: number) => Promise<void>): Promise<void> {
    return whenChanged(this.#words, PAUSED, 1, sleep);
  }

  // ── counts, raised by actors ────────────────────────────────────────────────────────────────────────────────────────

  /** Tells that an actor holds the parameters it will play its next rollouts with. */
  countStartedRollout(actor: number): void {
    Atomics.add(this.#words, this.#at(actor, ROLLOUTS_STARTED), 1);
    Atomics.notify(this.#words, this.#at(actor, ROLLOUTS_STARTED));
  }

  /** `count` rollouts, one of each environment, are filled. */
  countFilledRollouts(actor: number, count: number): void {
    Atomics.add(this.#words, this.#at(actor, ROLLOUTS_FILLED), count);
  }

  /** A sign of life: one step of all environments of the actor. */
  countStep(actor: number): void {
    Atomics.add(this.#words, this.#at(actor, STEPS), 1);
  }

  rolloutsFilled(actor: number): number {
    return Atomics.load(this.#words, this.#at(actor, ROLLOUTS_FILLED));
  }

  steps(actor: number): number {
    return Atomics.load(this.#words, this.#at(actor, STEPS));
  }

  /** Rounds of rollouts that every actor has at least started. */
  roundsStartedByAll(): number {
    let fewest = Number.POSITIVE_INFINITY;
    for (let actor = 0; actor < this.numActors; actor++) fewest = Math.min(fewest, this.#roundsStarted(actor));
    return fewest;
  }

  /** Resolves when some actor that has not started round `round` moves, or after some time. */
  async whenRoundStarts(round: number, sleep: (ms: number) => Promise<void>): Promise<void> {
    for (let actor = 0; actor < this.numActors; actor++) {
      const seen = this.#roundsStarted(actor);
      if (seen < round) return whenChanged(this.#words, this.#at(actor, ROLLOUTS_STARTED), seen, sleep);
    }
  }

  #roundsStarted(actor: number): number {
    return Atomics.load(this.#words, this.#at(actor, ROLLOUTS_STARTED));
  }

  #at(actor: number, counter: number): number {
    return HEADER + actor * STRIDE + counter;
  }
}
