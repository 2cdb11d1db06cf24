import type { RunSummary } from '../trainer/run.ts';
import type { News } from '../ui/automation.api.ts';
import { type RunReporter, type RunStart, Throughput } from './RunReporter.ts';

/** Seconds between two progress lines. */
const interval = 1;

/** One JSON object per line, told apart by `type`: start, progress, evaluation, log, summary. */
export class JsonReporter implements RunReporter {
  readonly #write: (line: string) => void;
  readonly #throughput = new Throughput();
  #nextProgress = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  started({ hyperparameters, out }: RunStart): void {
    this.#print('start', { env: hyperparameters.env, seed: hyperparameters.seed, out, hyperparameters });
  }

  happened({ frames, updates, seconds, episodes, meanReturn, evaluations, log }: News): void {
    for (const entry of log) this.#print('log', entry);
    for (const evaluation of evaluations) this.#print('evaluation', evaluation);
    if (updates === 0) return;
    const framesPerSecond = this.#throughput.update({ seconds, frames });
    if (seconds < this.#nextProgress) return;
    this.#nextProgress = seconds + interval;
    this.#print('progress', { frames, updates, seconds, framesPerSecond, episodes, meanReturn });
  }

  ended(summary: RunSummary): void {
    this.#print('summary', summary);
  }

  close(): void {}

  #print(type: string, fields: object): void {
    this.#write(`${JSON.stringify({ type, ...fields })}\n`);
  }
}
