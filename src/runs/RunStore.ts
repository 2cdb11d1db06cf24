/**
 * What is kept of every run, and the promises of the place where it is kept. Records and curves lie in IndexedDB, weights and
 * checkpoints in the origin private file system; whoever reads them sees only this.
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { EpisodeColumn, LearnerMetric } from '../metrics/metrics.ts';
import type { Column, EngineReport, Evaluation, LogEntry, RunState, SettingChange } from '../trainer/run.ts';

/**
 * `queued` waits for its turn, `training` goes on in some tab, `interrupted` was cut off by a reload or a crash; the others ended.
 */
export type RunStatus = 'queued' | 'training' | 'interrupted' | 'finished' | 'stopped' | 'failed';

/** Of a run that an agent has in hand. */
export function runStatusOf(state: RunState): RunStatus {
  switch (state.status) {
    case 'finished':
      return state.stopped ? 'stopped' : 'finished';
    case 'failed':
      return 'failed';
    default:
      return 'training';
  }
}

/** Weights of a run that can be read: the newest, those of the best evaluation, and those saved every `saveInterval`. */
export interface WeightsEntry {
  readonly kind: 'latest' | 'best' | 'saved';
  /** Env steps learned from when they were published. */
  readonly frames: number;
  readonly sizeBytes: number;
}

/** Everything of a run but its curves and files. */
export interface StoredRun {
  readonly id: string;
  readonly name: string;
  /** Index of its colour and dash, from 0: six colours, then the same ones dashed. */
  readonly colour: number;
  readonly note: string;
  readonly isPinned: boolean;
  readonly status: RunStatus;
  /** Why it failed; empty otherwise. */
  readonly reason: string;
  readonly algorithm: string;
  /** As they were asked for: "automatic" values are still automatic. */
  readonly hyperparameters: Hyperparameters;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Env steps learned from. */
  readonly frames: number;
  readonly updates: number;
  /** Of training, without pauses. */
  readonly seconds: number;
  readonly numEpisodes: number;
  /** Means of the returns of consecutive episodes, at most 60 of them: the run at a glance. */
  readonly spark: readonly number[];
  readonly engine: EngineReport | null;
  readonly evaluations: readonly Evaluation[];
  /** Settings that were given other values on the way. */
  readonly changes: readonly SettingChange[];
  readonly log: readonly LogEntry[];
  /** Env steps at which it was resumed. */
  readonly breaks: readonly number[];
  readonly weights: readonly WeightsEntry[];
  /** Where it can be resumed, or null. */
  readonly checkpoint: { readonly frames: number; readonly sizeBytes: number } | null;
  /** Of curves and files, about. */
  readonly sizeBytes: number;
}

/** The curves of a run. */
export interface StoredCurves {
  readonly episodes: Readonly<Record<EpisodeColumn, Column>>;
  readonly metrics: Readonly<Record<LearnerMetric, Column>>;
}

/** The facts of a run that change while it goes on, and whoever trains it writes. */
export type RunProgress = Pick<
  StoredRun,
  'status' | 'reason' | 'frames' | 'updates' | 'seconds' | 'engine' | 'evaluations' | 'changes' | 'log' | 'breaks'
>;

export function progressOf(run: RunProgress): RunProgress {
  const { status, reason, frames, updates, seconds, engine, evaluations, changes, log, breaks } = run;
  return { status, reason, frames, updates, seconds, engine, evaluations, changes, log, breaks };
}

/** The facts of a run that people change. */
export type RunLabels = Pick<StoredRun, 'name' | 'colour' | 'note' | 'isPinned'>;

/** All methods reject with a sentence to show. Those that change a run do nothing to one that is gone. */
export interface RunStore {
  // ── to read ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Newest first. */
  list(): Promise<readonly StoredRun[]>;
  /** Null where there is no such run. */
  get(id: string): Promise<StoredRun | null>;
  readCurves(id: string): Promise<StoredCurves>;
  /** A safetensors file of one of `run.weights`. */
  readWeights(id: string, entry: WeightsEntry): Promise<Uint8Array<ArrayBuffer>>;
  /** The file to resume from; null where there is none. */
  readCheckpoint(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Called after any run changed, in this tab or another. Returns the way to end it. */
  subscribe(listener: () => void): () => void;

  // ── to change ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Adds a run, or replaces the one with its id; files that it no longer lists are deleted. */
  put(run: StoredRun): Promise<void>;
  change(id: string, changes: Partial<RunLabels>): Promise<void>;
  /** Removes weights and checkpoint; the curves stay. */
  deleteFiles(id: string): Promise<void>;
  /** Removes a run with its curves and files. */
  delete(id: string): Promise<void>;

  // ── to record ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Stores the rows of `curves` from `stored` on, and what else is known by then, both or neither. With `noRows` the curves stored before
   * are replaced. All is handed to the browser at once: it waits for no earlier call and reads nothing first, since the page may be left a
   * moment later.
   */
  record(id: string, curves: StoredCurves, stored: StoredRows, progress: RunProgress): Promise<void>;
  /** The best ones take the place of those before them. */
  writeWeights(id: string, kind: 'best' | 'saved', frames: number, file: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Takes the place of the checkpoint before it; the newest weights are read from it. */
  writeCheckpoint(id: string, frames: number, file: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Rows of a record that are stored already. */
export interface StoredRows {
  readonly episodes: number;
  readonly metrics: number;
}

export const noRows: StoredRows = { episodes: 0, metrics: 0 };

export const rowsOf = ({ episodes, metrics }: StoredCurves): StoredRows => ({
  episodes: episodes.frames.length,
  metrics: metrics.frames.length,
});
