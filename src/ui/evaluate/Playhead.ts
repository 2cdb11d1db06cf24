/** Where people are in an episode. Pictures and traces follow its stores; two players that share one stay together. */
import { Store } from '../store.ts';

export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

export class Playhead {
  /** 0 … last: the state on show. */
  readonly step = new Store(0);
  readonly isPlaying = new Store(false);
  readonly speed = new Store<Speed>(1);
  /** The last state there is; 0 until an episode is loaded. */
  readonly last = new Store(0);
  readonly #framesPerSecond: number;
  /** Part of a step that has passed since the state on show. */
  #fraction = 0;

  constructor(framesPerSecond: number) {
    this.#framesPerSecond = framesPerSecond;
  }

  /** Takes note of an episode of `length` steps; the longest one decides. */
  reach(length: number): void {
    this.last.set(Math.max(this.last.get(), length));
  }

  seek(step: number): void {
    this.#fraction = 0;
    this.step.set(Math.max(0, Math.min(this.last.get(), Math.round(step))));
  }

  /** Goes some states on or back, and stops there to be looked at. */
  moveBy(steps: number): void {
    this.isPlaying.set(false);
    this.seek(this.step.get() + steps);
  }

  /** At the end it plays from the beginning. */
  toggle(): void {
    if (!this.isPlaying.get() && this.step.get() === this.last.get()) this.seek(0);
    this.isPlaying.set(!this.isPlaying.get());
  }

  /** Lets time pass. Stops at the end. */
  advance(milliseconds: number): void {
    if (!this.isPlaying.get() || this.last.get() === 0) return;
    const passed = this.#fraction + (milliseconds * this.#framesPerSecond * this.speed.get()) / 1000;
    const steps = Math.floor(passed + 1e-9);
    const next = this.step.get() + steps;
    if (next >= this.last.get()) {
      this.seek(this.last.get());
      this.isPlaying.set(false);
      return;
    }
    this.step.set(next);
    this.#fraction = passed - steps;
  }
}
