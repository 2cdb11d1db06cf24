/**
 * Who holds each storage slot. One word per slot, moved by compare-and-swap:
 *
 *   FREE ──claim──▶ FILLING by an owner ──commit──▶ FULL with a ticket ──take──▶ READING by an owner ──release──▶ FREE
 *
 * The free queue and the full queue are views over these words. A slot is in exactly one place; when an owner dies, at any
 * instruction, `sweep` gives its slots back. Owners are numbers ≥ 1, never used twice in a run, so that an owner that is still
 * dying cannot be mistaken for its successor.
 */
import { whenChanged } from './whenChanged.ts';

const FREE = 0;
const FILLING = 1;
const FULL = 2;
const READING = 3;

/** Words before the slots' own. */
const FREE_SIGNAL = 0;
const FULL_SIGNAL = 1;
const CLOSED = 2;
const CLAIM_LOCK = 3;
const TAKE_LOCK = 4;
const NEXT_TICKET = 5;
const HEADER = 16;

const tagOf = (word: number): number => word & 3;
const payloadOf = (word: number): number => word >>> 2;
const wordOf = (tag: number, payload: number): number => (payload << 2) | tag;

/** Whether ticket a was drawn before ticket b, also across the wrap at 2³⁰. */
const isBefore = (a: number, b: number): boolean => ((a - b) << 2) >> 2 < 0;

export type SlotState =
  | { readonly place: 'free' }
  | { readonly place: 'filling' | 'reading'; readonly owner: number }
  | { readonly place: 'full'; readonly ticket: number };

export class SlotTable {
  readonly numSlots: number;
  readonly #words: Int32Array;
  /** Scratch of `tryTake`: full slots, oldest first. */
  readonly #candidates: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
    this.numSlots = this.#words.length - HEADER;
    this.#candidates = new Int32Array(this.numSlots);
  }

  static allocate(numSlots: number): SharedArrayBuffer {
    return new SharedArrayBuffer((HEADER + numSlots) * Int32Array.BYTES_PER_ELEMENT);
  }

  // ── free queue, for actors ──────────────────────────────────────────────────────────────────────────────────────────

  /** Sleeps until `count` free slots are claimed, all or none; their indices go into `out`. False once the table is closed. */
  claim(owner: number, count: number, out: Int32Array): boolean {
    for (;;) {
      const seen = Atomics.load(this.#words, FREE_SIGNAL);
      if (this.isClosed) return false;
      if (this.tryClaim(owner, count, out)) return true;
      Atomics.wait(this.#words, FREE_SIGNAL, seen);
    }
  }

  /** Claims `count` free slots if there are that many. */
  tryClaim(owner: number, count: number, out: Int32Array): boolean {
    this.#lock(CLAIM_LOCK, owner);
    let found = 0;
    for (let slot = 0; slot < this.numSlots && found < count; slot++) {
      if (Atomics.load(this.#words, HEADER + slot) === FREE) out[found++] = slot;
    }
    // Only the holder of the lock turns FREE slots into others, so those just seen are still free.
    if (found === count) for (let i = 0; i < count; i++) this.#move(out[i]!, FREE, wordOf(FILLING, owner));
    this.#unlock(CLAIM_LOCK, owner);
    return found === count;
  }

  /** Hands filled slots to the full queue, with the next tickets. */
  commit(slots: Int32Array, owner: number): void {
    for (const slot of slots) this.#commit(slot, owner, Atomics.add(this.#words, NEXT_TICKET, 1));
    this.#signal(FULL_SIGNAL);
  }

  /** The same with given tickets, `first` and those after it: in lockstep the schedule decides the order, not the clock. */
  commitAs(slots: Int32Array, owner: number, first: number): void {
    for (const [i, slot] of slots.entries()) this.#commit(slot, owner, first + i);
    this.#signal(FULL_SIGNAL);
  }

  // ── full queue, for learners ────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Takes the `count` oldest full slots if there are that many; indices go into `out`, oldest first. A slot that becomes full
   * while the others are looked at may be passed over once.
   */
  tryTake(owner: number, count: number, out: Int32Array): boolean {
    this.#lock(TAKE_LOCK, owner);
    const taken = this.#listFull() >= count;
    if (taken) this.#takeCandidates(owner, 0, count, out);
    this.#unlock(TAKE_LOCK, owner);
    return taken;
  }

  /** Takes the slots with tickets `first` … `first + count − 1`, if all of them are full. */
  tryTakeTickets(owner: number, first: number, count: number, out: Int32Array): boolean {
    this.#lock(TAKE_LOCK, owner);
    const numFull = this.#listFull();
    let start = 0;
    while (start < numFull && isBefore(this.#ticketOf(this.#candidates[start]!), first)) start++;
    let complete = start + count <= numFull;
    for (let i = 0; i < count && complete; i++) {
      complete = this.#ticketOf(this.#candidates[start + i]!) === ((first + i) & 0x3fffffff);
    }
    if (complete) this.#takeCandidates(owner, start, count, out);
    this.#unlock(TAKE_LOCK, owner);
    return complete;
  }

  /** The slot that has been full for longest, if there is one. Another learner may take it at any moment. */
  oldestFull(): number | null {
    let oldest: number | null = null;
    for (let slot = 0; slot < this.numSlots; slot++) {
      if (tagOf(Atomics.load(this.#words, HEADER + slot)) !== FULL) continue;
      if (oldest === null || isBefore(this.#ticketOf(slot), this.#ticketOf(oldest))) oldest = slot;
    }
    return oldest;
  }

  /** Gives slots back to the free queue. All before anybody is woken, who would find too few of them. */
  release(slots: Int32Array, owner: number): void {
    for (const slot of slots) this.#move(slot, wordOf(READING, owner), FREE);
    this.#signal(FREE_SIGNAL);
  }

  /** A number that changes whenever a slot became full; read it before `tryTake`, then wait for it with `whenFull`. */
  get fullSignal(): number {
    return Atomics.load(this.#words, FULL_SIGNAL);
  }

  /** Resolves when `fullSignal` is no longer `seen`, or after some time. Keeps the event loop of the thread free. */
  whenFull(seen: number, sleep: (ms: number) => Promise<void>): Promise<void> {
    return whenChanged(this.#words, FULL_SIGNAL, seen, sleep);
  }

  /** Number of full slots. */
  get numFull(): number {
    let count = 0;
    for (let slot = 0; slot < this.numSlots; slot++) {
      if (tagOf(Atomics.load(this.#words, HEADER + slot)) === FULL) count++;
    }
    return count;
  }

  // ── for the trainer ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Ends all waiting: claims return false from now on. */
  close(): void {
    Atomics.store(this.#words, CLOSED, 1);
    this.#signal(FREE_SIGNAL);
    this.#signal(FULL_SIGNAL);
  }

  get isClosed(): boolean {
    return Atomics.load(this.#words, CLOSED) === 1;
  }

  /** Gives back everything an owner held. Call only when its worker has ended. Returns the number of slots freed. */
  sweep(owner: number): number {
    let swept = 0;
    for (let slot = 0; slot < this.numSlots; slot++) {
      for (const tag of [FILLING, READING]) {
        const held = wordOf(tag, owner);
        if (Atomics.compareExchange(this.#words, HEADER + slot, held, FREE) === held) swept++;
      }
    }
    for (const lock of [CLAIM_LOCK, TAKE_LOCK]) {
      if (Atomics.compareExchange(this.#words, lock, owner, 0) === owner) Atomics.notify(this.#words, lock);
    }
    this.#signal(FREE_SIGNAL);
    this.#signal(FULL_SIGNAL); // It may have died between handing slots over and telling so.
    return swept;
  }

  /** Whether an owner has slots to fill. */
  isFilling(owner: number): boolean {
    const held = wordOf(FILLING, owner);
    for (let slot = 0; slot < this.numSlots; slot++) if (Atomics.load(this.#words, HEADER + slot) === held) return true;
    return false;
  }

  /** Where a slot is. */
  stateOf(slot: number): SlotState {
    const word = Atomics.load(this.#words, HEADER + slot);
    switch (tagOf(word)) {
      case FILLING:
        return { place: 'filling', owner: payloadOf(word) };
      case FULL:
        return { place: 'full', ticket: payloadOf(word) };
      case READING:
        return { place: 'reading', owner: payloadOf(word) };
      default:
        return { place: 'free' };
    }
  }

  // ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  #commit(slot: number, owner: number, ticket: number): void {
    this.#move(slot, wordOf(FILLING, owner), wordOf(FULL, ticket & 0x3fffffff));
  }

  #ticketOf(slot: number): number {
    return payloadOf(Atomics.load(this.#words, HEADER + slot));
  }

  /** Sorts the full slots by ticket into `#candidates`, and returns how many there are. Needs the take lock. */
  #listFull(): number {
    let count = 0;
    for (let slot = 0; slot < this.numSlots; slot++) {
      const word = Atomics.load(this.#words, HEADER + slot);
      if (tagOf(word) !== FULL) continue;
      let i = count++;
      while (i > 0 && isBefore(payloadOf(word), this.#ticketOf(this.#candidates[i - 1]!))) {
        this.#candidates[i] = this.#candidates[i - 1]!;
        i--;
      }
      this.#candidates[i] = slot;
    }
    return count;
  }

  #takeCandidates(owner: number, start: number, count: number, out: Int32Array): void {
    for (let i = 0; i < count; i++) {
      const slot = this.#candidates[start + i]!;
      this.#move(slot, Atomics.load(this.#words, HEADER + slot), wordOf(READING, owner));
      out[i] = slot;
    }
  }

  #move(slot: number, from: number, to: number): void {
    const found = Atomics.compareExchange(this.#words, HEADER + slot, from, to);
    if (found !== from) {
      throw new Error(
        `Slot ${slot} was expected ${describe(from)}, but is ${describe(found)}: two workers think they own it.`,
      );
    }
  }

  #signal(word: number): void {
    Atomics.add(this.#words, word, 1);
    Atomics.notify(this.#words, word);
  }

  /**
   * The locks guard scans of a few microseconds, so that claiming several slots is all or none. They are held by owner, so
   * that `sweep` can open the lock of a dead one; the short time-out only matters then.
   */
  #lock(word: number, owner: number): void {
    for (let tries = 0; ; tries++) {
      const holder = Atomics.compareExchange(this.#words, word, 0, owner);
      if (holder === 0) return;
      if (tries > 100) Atomics.wait(this.#words, word, holder, 1);
    }
  }

  #unlock(word: number, owner: number): void {
    Atomics.compareExchange(this.#words, word, owner, 0);
    Atomics.notify(this.#words, word, 1);
  }
}

const describe = (word: number): string =>
  [
    'free',
    `being filled by owner ${payloadOf(word)}`,
    `full with ticket ${payloadOf(word)}`,
    `being read by owner ${payloadOf(word)}`,
  ][tagOf(word)]!;
