/** What a page opened with `?automation` offers to a program that drives it, as `window.pronk`. Everything here is JSON. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { BenchmarkResults, Figures } from '../trainer/benchmark.ts';
import type { EngineReport, Evaluation, LogEntry, RunState, RunSummary } from '../trainer/run.ts';

export interface Automation {
  /**
   * Begins to train and returns at once; `readNews` tells how it goes.
   * Throws with a sentence for each problem of the configuration.
   * @param initModel contents of a weights file in base64, or null for what `initModelPath` says
   */
  start(hyperparameters: Hyperparameters, initModel: string | null): void;
  /** What happened since. Begin with zeros, go on with the cursor of the last news. */
  readNews(since: Cursor): News;
  /** Ends training after the update under way. */
  stop(): void;
  /** The present weights as a safetensors file, in base64. */
  weights(): string;
  /** The record as CSV. */
  records(): { readonly metrics: string; readonly episodes: string };
  /** What can be measured; fewer things if it is to be quick. */
  benchmarkNames(isQuick: boolean): string[];
  /** Measures one thing; rejects with a sentence if there is none of that name. Not while a run goes on. */
  measure(name: string, isQuick: boolean): Promise<Figures>;
  /** Everything measured so far, by group and member. */
  measured(): Partial<BenchmarkResults>;
}

/** How many entries of each list have been read. */
export interface Cursor {
  /** Env steps of the last saved weights read. */
  readonly savedFrames: number;
  readonly evaluations: number;
  readonly log: number;
}

export interface News {
  readonly cursor: Cursor;
  readonly state: RunState;
  readonly engine: EngineReport | null;
  /** Env steps learned from. */
  readonly frames: number;
  readonly updates: number;
  /** Of training, without pauses. */
  readonly seconds: number;
  readonly episodes: number;
  /** Mean return of the last episodes, at most a hundred; null before the first. */
  readonly meanReturn: number | null;
  readonly evaluations: readonly Evaluation[];
  readonly log: readonly LogEntry[];
  /** Weights saved in the middle of the run: safetensors files in base64. */
  readonly savedWeights: readonly { readonly frames: number; readonly file: string }[];
  /** Once training has ended well. */
  readonly summary: RunSummary | null;
}

declare global {
  interface Window {
    /** Only in a page opened with `?automation`. */
    pronk?: Automation;
  }
}
