/** All the main thread knows of a learner. Everything that crosses here can be structured-cloned. */
import type { Device } from '../config/devices.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { TrainingMemory } from '../rollout/trainingMemory.ts';

export interface LearnerTask {
  /** Without "automatic" values. */
  readonly hyperparameters: Hyperparameters;
  readonly network: NetworkSpec;
  readonly memory: TrainingMemory;
  readonly learnerIndex: number;
  /** This worker's number in the slot table. */
  readonly owner: number;
  /** Flat parameters to begin with. */
  readonly parameters: Float32Array;
  /** Where an earlier learner stopped, to go on from there; null to begin. */
  readonly resumeFrom: LearnerState | null;
  /** Milliseconds per update that device "auto" measured before, for this network and batch; null: to be measured. */
  readonly measured: Readonly<Partial<Record<Device, number>>> | null;
}

/** All of an engine that outlives an update. */
export interface EngineState {
  /** Flat parameters [layout.size], running statistics included */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** [2·trainableSize]: first and second moments of the optimiser; see optimizerStep.ts */
  readonly moments: Float32Array<ArrayBuffer>;
  /** Random network distillation: its predictor, the moments of that, and the sums its reward is scaled by; empty without it. */
  readonly distillation: Float32Array<ArrayBuffer>;
}

/** With it another learner goes on where this one stopped. */
export interface LearnerState extends EngineState {
  /** Updates made: the optimiser's step count, and the place in the schedule of the learning rate. */
  readonly updates: number;
  /** Env steps learned from. */
  readonly frames: number;
  /** Of training, without pauses. */
  readonly seconds: number;
}

/** Which engine runs, and why. */
export interface EngineReport {
  readonly device: Device;
  /** What the engine says of itself: adapter, SIMD. */
  readonly description: string;
  /** A sentence: asked for, fastest of those measured, or what else could not be had. */
  readonly reason: string;
  /** Milliseconds per update of each engine that was measured. */
  readonly measured: Readonly<Partial<Record<Device, number>>>;
}

/** What happened since the last report. */
export interface LearnerReport {
  /** Totals */
  readonly updates: number;
  readonly frames: number;
  /** Since the learner began, without pauses */
  readonly seconds: number;
  /** When it was sent, in milliseconds of the learner's clock */
  readonly sentAt: number;
  /** The learner is at rest until the run goes on. */
  readonly isPaused: boolean;
  /** [n, columns of an episode], flat */
  readonly episodes: Float64Array;
  /** [m, learner metrics], flat */
  readonly rows: Float64Array;
  /** Every few seconds, at a pause and at the end; null in between. */
  readonly state: LearnerState | null;
}

export interface LearnerApi {
  /** Opens the engine. Rejects, with a message to show, if the device cannot be had. */
  prepare(task: LearnerTask): Promise<EngineReport>;
  /** Learns until the budget is spent or the run is stopped. Rejects if an update fails. */
  run(report: (report: LearnerReport) => void): Promise<void>;
}
