/**
 * Lets charts and panels take turns: one in each animation frame, each at most four times a second, none that is out of
 * sight, none in a hidden tab (animation frames stop there by themselves). Data never makes more than one of them draw at once.
 */
export interface TurnTaker {
  takeTurn(): void;
  readonly isVisible: boolean;
}

export interface FrameClock {
  now(): number;
  requestFrame(callback: () => void): void;
}

const pageClock: FrameClock = {
  now: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
};

interface Member {
  readonly taker: TurnTaker;
  isDue: boolean;
  lastTurn: number;
}

export class Turns {
  readonly #members = new Set<Member>();
  readonly #clock: FrameClock;
  readonly #intervalMs: number;
  #isRunning = false;
  #isFrozen = false;
  readonly #listeners = new Set<() => void>();

  constructor(clock: FrameClock = pageClock, intervalMs = 250) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
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
    const now = this.#clock.now();
    const mayDraw = (member: Member) => !this.#isFrozen || member.lastTurn === Number.NEGATIVE_INFINITY;
    const waiting = [...this.#members].filter((member) => member.isDue && member.taker.isVisible && mayDraw(member));
    this.#isRunning = waiting.length > 0;
    if (!this.#isRunning) return;
    this.#clock.requestFrame(this.#frame);
    const next = waiting.reduce((a, b) => (b.lastTurn < a.lastTurn ? b : a));
    if (now - next.lastTurn < this.#intervalMs) return;
    next.isDue = false;
    next.lastTurn = now;
    next.taker.takeTurn();
  };
}
