/**
 * Lets charts and panels take turns, each at most four times a second, none that is out of sight, none in a hidden tab (animation frames
 * stop there by themselves). Some take theirs in the same frame, since a frame costs the browser much whoever draws in it; then
 * nobody does until the page has been left alone for several times as long as that frame took. So drawing takes its small share of a slow
 * machine, which trains meanwhile, and every frame of a fast one.
 */
export interface TurnTaker {
  takeTurn(): void;
  readonly isVisible: boolean;
}

export interface FrameClock {
  now(): number;
  requestFrame(callback: () => void): void;
  /** Called in a frame: calls back when the frame has been rendered. */
  afterFrame(callback: () => void): void;
  wait(milliseconds: number, callback: () => void): void;
}

const pageClock: FrameClock = {
  now: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
  afterFrame: (callback) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      callback();
    };
    port2.postMessage(null);
  },
  wait: (milliseconds, callback) => setTimeout(callback, milliseconds),
};

/** Shortest time between two turns of the same one. */
const intervalMs = 250;
/** Turns are taken in a frame until they have taken this long. */
const frameBudgetMs = 4;
/** Of the page's time, what drawing may take, unless that would make it rest for too long. */
const share = 0.15;
const longestRestMs = 200;
/** After this long somebody who has come meanwhile is seen. */
const longestWaitMs = 100;

interface Member {
  readonly taker: TurnTaker;
  isDue: boolean;
  lastTurn: number;
}

export class Turns {
  readonly #members = new Set<Member>();
  readonly #clock: FrameClock;
  #isRunning = false;
  #isFrozen = false;
  /** No turns before: drawing has had its share. */
  #restsUntil = Number.NEGATIVE_INFINITY;
  readonly #listeners = new Set<() => void>();

  constructor(clock: FrameClock = pageClock) {
    this.#clock = clock;
  }

  /** A new member gets its first turn in one of the next frames. Returns the way to leave. */
  join(taker: TurnTaker): () => void {
    const member: Member = { taker, isDue: true, lastTurn: Number.NEGATIVE_INFINITY };
    this.#members.add(member);
    this.#run();
    return () => {
      this.#members.delete(member);
    };
  }

  /** Something was recorded: everyone has something to draw. */
  dataChanged(): void {
    for (const member of this.#members) member.isDue = true;
    this.#run();
  }

  /** While frozen, what was recorded meanwhile is drawn by nobody who has drawn before. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  setFrozen(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    for (const listener of this.#listeners) listener();
    this.#run();
  }

  /** Called when it was frozen or set free. Returns the way to end it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Someone may have come into sight. */
  visibilityChanged(): void {
    this.#run();
  }

  #run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#clock.requestFrame(this.#frame);
  }

  readonly #frame = (): void => {
    const start = this.#clock.now();
    const waiting = this.#waiting();
    this.#isRunning = waiting.length > 0;
    if (!this.#isRunning) return;
    const ready = waiting.filter(({ lastTurn }) => this.#mayDrawAt(lastTurn) <= start);
    if (ready.length === 0) {
      const next = Math.min(...waiting.map(({ lastTurn }) => this.#mayDrawAt(lastTurn)));
      this.#clock.wait(Math.min(next - start, longestWaitMs), this.#again);
      return;
    }
    // First of all, so that one who fails does not end the turns of the others.
    this.#clock.afterFrame(() => {
      const now = this.#clock.now();
      this.#restsUntil = Math.min(start + (now - start) / share, now + longestRestMs);
      this.#again();
    });
    for (const member of ready.sort((a, b) => a.lastTurn - b.lastTurn)) {
      member.isDue = false;
      member.lastTurn = start;
      member.taker.takeTurn();
      if (this.#clock.now() - start >= frameBudgetMs) break;
    }
  };

  readonly #again = (): void => this.#clock.requestFrame(this.#frame);

  #waiting(): Member[] {
    const mayDraw = ({ lastTurn }: Member) => !this.#isFrozen || lastTurn === Number.NEGATIVE_INFINITY;
    return [...this.#members].filter((member) => member.isDue && member.taker.isVisible && mayDraw(member));
  }

  #mayDrawAt = (lastTurn: number): number => Math.max(lastTurn + intervalMs, this.#restsUntil);
}
