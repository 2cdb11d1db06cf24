/** Counts what the learner sees, averages it into rows of metrics, and sends both away a few times a second. */
import { framesPerUpdate } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { type LearnerMetric, learnerMetricNames } from '../metrics/metrics.ts';
import type { Rollout } from '../rollout/rolloutSpec.ts';
import type { UpdateResult } from './LearnerEngine.ts';
import type { EngineState, LearnerReport, LearnerState } from './learner.api.ts';

const reportIntervalMs = 100;

export class Reporter {
  readonly #h: Hyperparameters;
  /** With several learners only the first reports metrics, which are sums over all; every one reports its episodes. */
  readonly #reportsMetrics: boolean;
  readonly #now: () => number;
  readonly #send: (report: LearnerReport) => void;
  #episodes: number[] = [];
  #rows: number[] = [];
  /** Of the whole run, also those before it was resumed. */
  #updates: number;
  /** The same, with updates that have begun. */
  #begun: number;
  #consumed = new Consumption();
  #state: LearnerState | null = null;
  readonly #secondsBefore: number;
  #startMs = 0;
  #pausedMs = 0;
  #lastReportMs = 0;
  #row = new RowSums();
  #rowStartMs = 0;

  constructor(
    h: Hyperparameters,
    { learnerIndex, resumeFrom }: { readonly learnerIndex: number; readonly resumeFrom: LearnerState | null },
    now: () => number,
    send: (report: LearnerReport) => void,
  ) {
    this.#h = h;
    this.#reportsMetrics = learnerIndex === 0;
    this.#updates = resumeFrom?.updates ?? 0;
    this.#begun = this.#updates;
    this.#secondsBefore = resumeFrom?.seconds ?? 0;
    this.#now = now;
    this.#send = send;
  }

  start(): void {
    this.#startMs = this.#now();
    this.#rowStartMs = this.#startMs;
    this.#lastReportMs = this.#startMs;
  }

  waited(waitMs: number, pausedMs: number): void {
    this.#row.waitMs += waitMs;
    this.#pausedMs += pausedMs;
    this.#rowStartMs += pausedMs;
  }

  /** One rollout goes into update number `update` (from 0); `numFull` more were waiting. */
  consumed(rollout: Rollout, update: number, numFull: number): void {
    const lag = update - rollout.policyVersion[0]!;
    this.#consumed.rollouts += 1;
    this.#consumed.lag += lag;
    this.#consumed.queue += numFull;
    this.#consumed.maxLag = Math.max(this.#consumed.maxLag, lag);
    this.finishEpisodes(rollout);
  }

  /** An update begins; returns what went into it, for `updated`. */
  begun(): Consumption {
    this.#begun += 1;
    const consumed = this.#consumed;
    this.#consumed = new Consumption();
    return consumed;
  }

  /** Counts the episodes that ended in a rollout, whether terminated or truncated. */
  finishEpisodes(rollout: Rollout): void {
    const frames = (this.#begun + 1) * framesPerUpdate(this.#h);
    for (const [t, length] of rollout.episodeLength.entries()) {
      if (length > 0) this.#episodes.push(frames, rollout.episodeReturn[t]!, length, rollout.actorIndex[0]!);
    }
  }

  updated(
    { sums, gradNorm, intrinsicReward }: UpdateResult,
    consumed: Consumption,
    { learningRate, entCoef }: { readonly learningRate: number; readonly entCoef: number },
    updateMs: number,
  ): void {
    const row = this.#row;
    row.consumed.add(consumed);
    this.#updates += 1;
    row.updates += 1;
    for (const [i, sum] of sums.entries()) row.lossSums[i]! += sum;
    row.gradNorm += gradNorm;
    row.intrinsicReward += intrinsicReward;
    row.updateMs += updateMs;
    row.learningRate = learningRate;
    row.entCoef = entCoef;
    if (row.updates >= this.#h.logInterval) this.#closeRow();
    this.flushIfDue();
  }

  /** The engine's state after the last update, to be sent with the next report. */
  keepState(state: EngineState): void {
    const frames = this.#updates * framesPerUpdate(this.#h);
    this.#state = { ...state, updates: this.#updates, frames, seconds: this.#seconds() };
  }

  /** Sends what there is if the last report was long enough ago. */
  flushIfDue(): void {
    if (this.#now() - this.#lastReportMs >= reportIntervalMs) this.flush();
  }

  /** Sends what there is. */
  flush(isPaused = false): void {
    this.#lastReportMs = this.#now();
    const episodes = Float64Array.from(this.#episodes);
    const rows = Float64Array.from(this.#rows);
    this.#episodes = [];
    this.#rows = [];
    const state = this.#state;
    this.#state = null;
    this.#send({
      updates: this.#updates,
      frames: this.#updates * framesPerUpdate(this.#h),
      seconds: this.#seconds(),
      sentAt: this.#lastReportMs,
      isPaused,
      episodes,
      rows: this.#reportsMetrics ? rows : new Float64Array(0),
      state,
    });
  }

  #seconds(): number {
    return this.#secondsBefore + (this.#now() - this.#startMs - this.#pausedMs) / 1000;
  }

  #closeRow(): void {
    const row = this.#row;
    const h = this.#h;
    const steps = row.updates * framesPerUpdate(h);
    const [policyLoss, baselineLoss, entropy, importanceWeight, clipped] = row.lossSums.map((sum) => sum / steps) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const seconds = this.#seconds();
    const rowSeconds = (this.#now() - this.#rowStartMs) / 1000;
    const values: Record<LearnerMetric, number> = {
      frames: this.#updates * framesPerUpdate(h),
      updates: this.#updates,
      seconds,
      policyLoss,
      baselineLoss,
      entropy,
      totalLoss: policyLoss + h.baselineCoef * baselineLoss - row.entCoef * entropy,
      gradNorm: row.gradNorm / row.updates,
      learningRate: row.learningRate,
      importanceWeight,
      clippedFraction: clipped,
      intrinsicReward: row.intrinsicReward / row.updates,
      policyLag: row.consumed.lag / row.consumed.rollouts,
      maxPolicyLag: row.consumed.maxLag,
      queue: row.consumed.queue / row.consumed.rollouts,
      updateMs: row.updateMs / row.updates,
      waitMs: row.waitMs / row.updates,
      framesPerSecond: rowSeconds > 0 ? steps / rowSeconds : 0,
    };
    for (const name of learnerMetricNames) this.#rows.push(values[name]);
    this.#row = new RowSums();
    this.#rowStartMs = this.#now();
  }
}

/** The rollouts that go into an update. */
export class Consumption {
  rollouts = 0;
  lag = 0;
  maxLag = 0;
  queue = 0;

  add(other: Consumption): void {
    this.rollouts += other.rollouts;
    this.lag += other.lag;
    this.maxLag = Math.max(this.maxLag, other.maxLag);
    this.queue += other.queue;
  }
}

class RowSums {
  updates = 0;
  readonly consumed = new Consumption();
  lossSums = [0, 0, 0, 0, 0];
  gradNorm = 0;
  intrinsicReward = 0;
  updateMs = 0;
  waitMs = 0;
  learningRate = 0;
  entCoef = 0;
}
