/** Writes down everything that happens in a run, in columns that only grow. */

import type { LearnerReport, LearnerState } from '../learner/learner.api.ts';
import { type EpisodeColumn, episodeColumnNames, type LearnerMetric, learnerMetricNames } from '../metrics/metrics.ts';
import type {
  ActorStatus,
  Column,
  EngineReport,
  Evaluation,
  LogEntry,
  PastRecord,
  RunRecord,
  SavedWeights,
  SettingChange,
} from './run.ts';

/** Older ones are let go: they lie in the page's memory. */
const maxSavedWeights = 20;

/** Weight of the newest report in the mean delay. */
const delaySmoothing = 0.2;

class GrowingColumn implements Column {
  length = 0;
  values = new Float64Array(256);

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}

const columnsOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, new GrowingColumn()])) as unknown as Record<Name, GrowingColumn>;

export class RunRecorder implements RunRecord {
  version = 0;
  frames = 0;
  updates = 0;
  seconds = 0;
  readonly episodes: Record<EpisodeColumn, GrowingColumn> = columnsOf(episodeColumnNames);
  readonly metrics: Record<LearnerMetric, GrowingColumn> = columnsOf(learnerMetricNames);
  evaluations: readonly Evaluation[] = [];
  savedWeights: readonly SavedWeights[] = [];
  changes: readonly SettingChange[] = [];
  actors: readonly ActorStatus[] = [];
  log: readonly LogEntry[] = [];
  bestWeights: SavedWeights | null = null;
  breaks: readonly number[] = [];
  checkpoint: LearnerState | null = null;
  engine: EngineReport | null = null;
  reportDelayMs = 0;
  #startMs = performance.now();
  #bestIqm = Number.NEGATIVE_INFINITY;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** @param learnerIndex only the first learner's counts and metrics are the run's; episodes come from every one */
  addReport(report: LearnerReport, learnerIndex: number): void {
    appendRows(report.episodes, episodeColumnNames, this.episodes);
    appendRows(report.rows, learnerMetricNames, this.metrics);
    if (learnerIndex === 0) {
      this.frames = report.frames;
      this.updates = report.updates;
      this.seconds = report.seconds;
      this.checkpoint = report.state ?? this.checkpoint;
      const delayMs = performance.timeOrigin + performance.now() - report.sentAt;
      this.reportDelayMs += delaySmoothing * (delayMs - this.reportDelayMs);
    }
    this.#touch();
  }

  /** @param encode makes the weights file of the evaluated policy, which is kept if none was better */
  addEvaluation(evaluation: Evaluation, encode: () => Uint8Array<ArrayBuffer>): void {
    this.evaluations = [...this.evaluations, evaluation];
    if (evaluation.iqm >= this.#bestIqm) {
      this.#bestIqm = evaluation.iqm;
      this.bestWeights = { frames: evaluation.frames, file: encode() };
    }
    this.#touch();
  }

  /** Takes over what was recorded up to a checkpoint; what came after it happens again, and is left out. */
  restore(past: PastRecord, checkpoint: LearnerState): void {
    const { frames } = checkpoint;
    copyRows(past.episodes, this.episodes, frames);
    copyRows(past.metrics, this.metrics, frames);
    this.frames = frames;
    this.updates = checkpoint.updates;
    this.seconds = checkpoint.seconds;
    this.checkpoint = checkpoint;
    this.evaluations = past.evaluations.filter((evaluation) => evaluation.frames <= frames);
    this.#bestIqm = Math.max(...this.evaluations.map(({ iqm }) => iqm), Number.NEGATIVE_INFINITY);
    this.changes = past.changes.filter((change) => change.frames <= frames);
    this.log = past.log;
    this.#startMs -= 1000 * (past.log.at(-1)?.seconds ?? 0);
    this.breaks = [...past.breaks.filter((at) => at < frames), frames];
    this.#touch();
  }

  addSavedWeights(saved: SavedWeights): void {
    const others = this.savedWeights.filter(({ frames }) => frames !== saved.frames);
    this.savedWeights = [...others, saved].slice(-maxSavedWeights);
    this.#touch();
  }

  addChange(change: Omit<SettingChange, 'frames'>): void {
    this.changes = [...this.changes, { ...change, frames: this.frames }];
    this.#touch();
  }

  setEngine(engine: EngineReport): void {
    this.engine = engine;
    this.#touch();
  }

  setActors(actors: readonly ActorStatus[]): void {
    this.actors = actors;
    this.#touch();
  }

  addLog(level: LogEntry['level'], message: string): void {
    this.log = [...this.log, { seconds: (performance.now() - this.#startMs) / 1000, level, message }];
    this.#touch();
  }

  #touch(): void {
    this.version += 1;
    this.#changed();
  }
}

function appendRows<Name extends string>(
  rows: Float64Array,
  names: readonly Name[],
  columns: Record<Name, GrowingColumn>,
): void {
  for (let at = 0; at < rows.length; at += names.length) {
    for (const [i, name] of names.entries()) columns[name].push(rows[at + i]!);
  }
}

/** Rows come in the order of their frames. */
function copyRows<Name extends string>(
  from: Readonly<Record<Name | 'frames', Column>>,
  to: Record<Name, GrowingColumn>,
  lastFrames: number,
): void {
  const names = Object.keys(to) as Name[];
  for (let row = 0; row < from.frames.length && from.frames.values[row]! <= lastFrames; row++) {
    for (const name of names) to[name].push(from[name].values[row]!);
  }
}
