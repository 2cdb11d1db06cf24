/** Tells how a run goes: as a progress bar, as lines, or as JSON for programs. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { RunSummary } from '../trainer/run.ts';
import type { News } from '../ui/automation.api.ts';

export interface RunStart {
  readonly hyperparameters: Hyperparameters;
  /** Folder the files go to. */
  readonly out: string;
}

export interface RunReporter {
  started(start: RunStart): void;
  /** Called some five times a second. */
  happened(news: News): void;
  ended(summary: RunSummary): void;
  /** Leaves the terminal tidy, however the run ended. */
  close(): void;
}

/** Env steps per second of late: over the last few seconds, so that a slow start does not count for ever. */
export class Throughput {
  readonly #points: { seconds: number; frames: number }[] = [];

  /** Null until there is something to measure. */
  update({ seconds, frames }: { readonly seconds: number; readonly frames: number }): number | null {
    const last = this.#points.at(-1);
    if (!last || seconds > last.seconds) this.#points.push({ seconds, frames });
    while (this.#points.length > 2 && seconds - this.#points[1]!.seconds > 5) this.#points.shift();
    const first = this.#points[0]!;
    return seconds > first.seconds ? (frames - first.frames) / (seconds - first.seconds) : null;
  }
}
