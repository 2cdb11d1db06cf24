/** Ctrl-C, and the wish of a supervisor that the process end. */
import { Interrupted, type Signal } from './command.ts';

/** npm passes Ctrl-C on to its child, which then hears it twice at once: only a later one means that patience has ended. */
const impatientAfterMs = 1000;

/** Watches for signals from its making on. The first asks for an orderly end; another one, a second later, ends the process. */
export class SignalWatch {
  #received: Signal | null = null;
  #receivedAt = 0;
  #reactions: (() => void)[] = [];

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.#receive(signal));
  }

  get received(): Signal | null {
    return this.#received;
  }

  /** What is to happen at the first signal. If that came already, it happens now. */
  onReceived(react: () => void): void {
    if (this.#received) react();
    else this.#reactions.push(react);
  }

  /** The result of the work, or a rejection with `Interrupted` if a signal comes first. */
  unless<Result>(work: Promise<Result>): Promise<Result> {
    const interruption = new Promise<never>((_, reject) => {
      this.onReceived(() => reject(new Interrupted(this.#received!)));
    });
    return Promise.race([work, interruption]);
  }

  #receive(signal: Signal): void {
    if (this.#received) {
      if (performance.now() - this.#receivedAt > impatientAfterMs) process.exit(new Interrupted(signal).exitCode);
      return;
    }
    this.#received = signal;
    this.#receivedAt = performance.now();
    for (const react of this.#reactions) react();
    this.#reactions = [];
  }
}
