/** What the rest of the program sees of a run: its state, and everything recorded of it. */
import type { Device } from '../config/devices.ts';
import type { EngineReport, LearnerState } from '../learner/learner.api.ts';
import type { EpisodeColumn, LearnerMetric } from '../metrics/metrics.ts';
import type { WatchFrame } from '../playback/viewer.api.ts';
import type { LiveSettingName, LiveValues } from '../rollout/LiveSettings.ts';
import type { Bottleneck } from './bottleneck.ts';

export type { Device, EngineReport, LearnerState, LiveSettingName, LiveValues };

/** Impossible pairs cannot be written: what a state has, only that state has. */
export type RunState =
  | { readonly status: 'idle' }
  | { readonly status: 'starting'; readonly phase: string }
  | { readonly status: 'training' | 'pausing' | 'paused' | 'stopping' | 'evaluating' }
  | { readonly status: 'finished'; readonly stopped: boolean }
  | { readonly status: 'failed'; readonly reason: string };

/** Statistics of greedy episodes; the interval is a 95 % percentile bootstrap of the interquartile mean. */
export interface EvaluationStatistics {
  readonly episodes: number;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** Interquartile mean: mean of the middle half. */
  readonly iqm: number;
  readonly iqmCi95: readonly [number, number];
}

export interface Evaluation extends EvaluationStatistics {
  /** Env steps learned from when these weights were published. */
  readonly frames: number;
  readonly policyVersion: number;
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  /** The evaluation after the last update. */
  readonly isFinal: boolean;
}

/** Weights as they were in the middle of a run. */
export interface SavedWeights {
  /** Env steps learned from when they were published. */
  readonly frames: number;
  /** A safetensors file. */
  readonly file: Uint8Array<ArrayBuffer>;
}

export interface ActorStatus {
  readonly index: number;
  readonly state: 'starting' | 'running' | 'restarting' | 'stopped' | 'failed';
  readonly envSteps: number;
  readonly rollouts: number;
  readonly restarts: number;
  /** Why it is restarting or failed. */
  readonly reason?: string;
}

/** A setting that was given another value while the run went on. */
export interface SettingChange {
  /** Env steps learned from by then, as far as the trainer knew. */
  readonly frames: number;
  readonly name: LiveSettingName;
  readonly from: number;
  readonly to: number;
}

export interface LogEntry {
  /** Seconds since the run began. */
  readonly seconds: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** A column that only grows. `values` may be longer than `length`; the rest is room. */
export interface Column {
  readonly length: number;
  readonly values: Float64Array;
}

/** Everything recorded of a run. Read through `version`: it rises whenever something was added. */
export interface RunRecord {
  readonly version: number;
  /** Env steps learned from. */
  readonly frames: number;
  readonly updates: number;
  /** Seconds since training began, without pauses. */
  readonly seconds: number;
  readonly episodes: Readonly<Record<EpisodeColumn, Column>>;
  readonly metrics: Readonly<Record<LearnerMetric, Column>>;
  readonly evaluations: readonly Evaluation[];
  /** The newest of those saved every `saveInterval`, oldest first. */
  readonly savedWeights: readonly SavedWeights[];
  /** Those of the best evaluation since training began or was resumed, by its interquartile mean. */
  readonly bestWeights: SavedWeights | null;
  /** Env steps at which the run was resumed. */
  readonly breaks: readonly number[];
  /** The newest state to resume from. */
  readonly checkpoint: LearnerState | null;
  readonly changes: readonly SettingChange[];
  readonly actors: readonly ActorStatus[];
  readonly log: readonly LogEntry[];
  readonly engine: EngineReport | null;
  /** Milliseconds between the learner's sending a report and the page's reading it, averaged over the last few */
  readonly reportDelayMs: number;
}

/** What is taken over of a run that is resumed. */
export type PastRecord = Pick<RunRecord, 'episodes' | 'metrics' | 'evaluations' | 'changes' | 'log' | 'breaks'>;

/** Where training goes on: parameters, optimiser, counts, and the place in every schedule. */
export interface ResumePoint {
  readonly checkpoint: LearnerState;
  readonly past: PastRecord;
}

/** The file `summary.json`. */
export interface RunSummary {
  readonly env: string;
  readonly algorithm: string;
  readonly device: Device;
  readonly seed: number;
  readonly frames: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly episodes: number;
  readonly updates: number;
  /** What kept training from being faster in the end; null before the first row of metrics. */
  readonly bottleneck: Bottleneck | null;
  /** Of the final weights; null when the run was stopped before it could be made. */
  readonly evaluation: EvaluationStatistics | null;
  readonly files: readonly string[];
}

/** What a user of the trainer may do with an agent: the page, the command line and tests see no more. */
export interface Agent {
  readonly algorithm: string;
  readonly state: RunState;
  readonly record: RunRecord;
  /** Called after `state` or `record` changed, at most some ten times a second. Returns the way to end it. */
  subscribe(listener: () => void): () => void;
  /**
   * Trains until the budget is spent or `stop` is called. Rejects with a sentence to show if training fails.
   * `initModel` may hold the contents of a weights file in place of `initModelPath`.
   */
  train(options?: TrainOptions): Promise<RunSummary>;
  /** Greedy episodes of the present weights on evalEnv, in a worker of its own. Fixed seeds: equal weights, equal episodes. */
  eval(options?: EvalOptions): Promise<Evaluation>;
  pause(): void;
  resume(): void;
  /** The settings that may change while training, as they were last asked for. */
  readonly liveValues: LiveValues;
  /** Gives some of them other values, from the next update but one. Throws, with a sentence to show, if a value is not allowed. */
  change(values: Partial<LiveValues>): void;
  /** Ends training after the update under way; weights and record stay. */
  stop(): void;
  /** Takes the weights of a safetensors file. Throws, with a sentence to show, if they do not fit the network. Not while training. */
  load(weights: Uint8Array): void;
  /** The present weights as a safetensors file. */
  weights(): Uint8Array<ArrayBuffer>;
  /** Keeps the present weights with the run, as `saveInterval` does. */
  keepWeights(): void;
  /** Plays the present policy on a canvas of another thread until the returned function is called. */
  watch(canvas: OffscreenCanvas, options: WatchOptions): WatchHandle;
  /** Ends every worker and frees the memory. */
  dispose(): void;
}

export interface EvalOptions {
  readonly numEvalEpisodes?: number;
  /** Seed of the first episode; the others follow it one by one. */
  readonly firstSeed?: number;
  /** The most probable action always (the default), or actions drawn from the policy. */
  readonly greedy?: boolean;
}

export interface TrainOptions {
  readonly initModel?: Uint8Array;
  /** Goes on where a run stopped, in place of beginning one. Episodes under way then begin anew, with other seeds. */
  readonly resumeFrom?: ResumePoint;
  readonly signal?: AbortSignal;
}

export interface WatchOptions {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly greedy: boolean;
  /** Called some ten times a second while it plays. */
  readonly onFrame?: (frame: WatchFrame) => void;
}

export type { WatchFrame };

export interface WatchHandle {
  update(options: Partial<Omit<WatchOptions, 'onFrame'>> & { readonly paused?: boolean }): void;
  stop(): void;
}
