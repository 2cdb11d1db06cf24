/**
 * A learner: takes full slots, makes updates, publishes parameters, reports. Threads are not its business: memory, engine, clock
 * and the way to sleep come as arguments, so the same code also runs in one thread with the actors.
 */
import { learningRateAt, numUpdates } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import type { GradientExchange } from '../rollout/GradientExchange.ts';
import type { LiveSettings } from '../rollout/LiveSettings.ts';
import type { ParameterStore } from '../rollout/ParameterStore.ts';
import type { Progress } from '../rollout/Progress.ts';
import type { Rollout } from '../rollout/rolloutSpec.ts';
import type { SlotTable } from '../rollout/SlotTable.ts';
import { Batch } from './Batch.ts';
import type { UpdateResult } from './LearnerEngine.ts';
import type { EngineState, LearnerReport, LearnerState } from './learner.api.ts';
import { Normalisation } from './Normalisation.ts';
import { type Consumption, Reporter } from './Reporter.ts';

/** What the learner needs of an engine. */
export interface Engine {
  /** Weight of the entropy in the loss of the next update. */
  entCoef: number;
  /** Whether an update may begin while the numbers of the one before are still on their way: what `update` is given is its own by then. */
  readonly overlaps: boolean;
  update(batch: Batch, learningRate: number): Promise<UpdateResult>;
  updateTogether(
    batch: Batch,
    learningRate: number,
    allReduce: (values: Float32Array) => Promise<boolean>,
  ): Promise<UpdateResult | null>;
  exportState(): Promise<EngineState>;
}

/** An update that has begun. */
interface PendingUpdate {
  /** Its number, from 1: the version of the parameters it makes */
  readonly version: number;
  readonly result: Promise<UpdateResult | null>;
  readonly learningRate: number;
  readonly entCoef: number;
  readonly consumed: Consumption;
  readonly startMs: number;
}

/** At most so much of a run is lost when its tab dies, at its beginning and later. */
const firstStateMs = 1000;
const stateIntervalMs = 5000;

export interface LearnerParts {
  /** Without "automatic" values. */
  readonly hyperparameters: Hyperparameters;
  readonly network: NetworkSpec;
  readonly learnerIndex: number;
  /** This worker's number in the slot table. */
  readonly owner: number;
  readonly engine: Engine;
  /** What the engine took over, or null. */
  readonly resumeFrom: LearnerState | null;
  readonly rollouts: readonly Rollout[];
  readonly slots: SlotTable;
  readonly parameters: ParameterStore;
  readonly progress: Progress;
  readonly exchange: GradientExchange;
  readonly liveSettings: LiveSettings;
  /** Milliseconds from any origin. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly report: (report: LearnerReport) => void;
}

export class Learner {
  readonly #parts: LearnerParts;
  readonly #batch: Batch;
  /** Parameters after the last update. */
  #newest: Float32Array;
  readonly #taken: Int32Array;
  readonly #one = new Int32Array(1);
  readonly #reporter: Reporter;
  /** Updates that an earlier learner made of this run. Versions and tickets are counted from there, schedules from the beginning. */
  readonly #updatesBefore: number;
  /** Updates begun. */
  #update = 0;
  /** Begun, and not yet finished, where updates overlap. */
  #pending: PendingUpdate | null = null;
  #finishedMs = 0;
  /** Gradients added up with other learners: one for each optimiser step. */
  #exchanges = 0;
  #stateDueMs = 0;

  constructor(parts: LearnerParts) {
    this.#parts = parts;
    this.#newest = new Float32Array(parts.parameters.size);
    parts.parameters.read(this.#newest);
    const normalisation = new Normalisation(parameterLayout(parts.network), this.#newest);
    this.#batch = new Batch(parts.hyperparameters, parts.network, normalisation);
    this.#taken = new Int32Array(parts.hyperparameters.batchSize);
    this.#updatesBefore = parts.resumeFrom?.updates ?? 0;
    this.#reporter = new Reporter(parts.hyperparameters, parts, parts.now, parts.report);
  }

  /** Learns until the budget is spent or the trainer stops the run. Rejects if an update fails or its numbers are not finite. */
  async run(): Promise<void> {
    const { hyperparameters, progress } = this.#parts;
    const last = numUpdates(hyperparameters) - this.#updatesBefore;
    this.start();
    while (this.#update < last && !progress.isStopping) {
      if (!(await this.makeUpdate())) break;
      if (this.#parts.now() >= this.#stateDueMs) await this.#reportState();
    }
    await this.#reportState();
    this.finish();
  }

  /** Starts the clock of the reports. */
  start(): void {
    this.#stateDueMs = this.#parts.now() + firstStateMs;
    this.#reporter.start();
  }

  /** Sends what has not been reported yet. */
  finish(): void {
    this.#reporter.flush();
  }

  /**
   * Waits for a batch and begins an update from it; finishes the one before, and itself unless the engine can go on with another
   * meanwhile. False when the run ended meanwhile.
   */
  async makeUpdate(): Promise<boolean> {
    const { engine, now, hyperparameters: h } = this.#parts;
    const waitStart = now();
    const pausedMs = await this.#waitForBatch();
    if (pausedMs === null) return false;
    this.#reporter.waited(now() - waitStart - pausedMs, pausedMs);
    const before = this.#pending;
    this.#pending = this.#beginUpdate();
    if (before && !(await this.#finishUpdate(before))) return false;
    return (engine.overlaps && !h.lockstep) || this.#finishPending();
  }

  #beginUpdate(): PendingUpdate {
    const { hyperparameters: h, engine, now, learnerIndex, exchange, sleep, progress } = this.#parts;
    const startMs = now();
    this.#readBatch();
    const live = this.#parts.liveSettings.valuesOf(this.#update, learnerIndex === 0);
    const learningRate = learningRateAt(this.#updatesBefore + this.#update, { ...h, ...live });
    engine.entCoef = live.entCoef;
    const result =
      h.numLearners === 1
        ? engine.update(this.#batch, learningRate)
        : engine.updateTogether(this.#batch, learningRate, (values) =>
            exchange.sum(learnerIndex, this.#exchanges++, values, () => progress.isStopping, sleep),
          );
    result.catch(() => {}); // Told when the update is finished, which may not come to pass if the one before it failed.
    this.#update += 1;
    const consumed = this.#reporter.begun();
    return { version: this.#update, result, learningRate, entCoef: live.entCoef, consumed, startMs };
  }

  /** Publishes and reports what an update made. False when the run ended meanwhile. */
  async #finishUpdate(update: PendingUpdate): Promise<boolean> {
    const { parameters, now, learnerIndex } = this.#parts;
    const { version, consumed, startMs } = update;
    const made = await update.result;
    if (!made) return false;
    this.#assertFinite(made, version);
    this.#newest = made.parameters;
    if (learnerIndex === 0) {
      if (!(await this.#whenMayPublish(version))) return false;
      parameters.publish(made.parameters, version);
    }
    this.#reporter.updated(made, consumed, update, now() - Math.max(startMs, this.#finishedMs));
    this.#finishedMs = now();
    return true;
  }

  async #finishPending(): Promise<boolean> {
    const pending = this.#pending;
    this.#pending = null;
    return pending === null || this.#finishUpdate(pending);
  }

  /** Sleeps until a batch is taken. Returns the milliseconds it was paused meanwhile, or null when the run ended. */
  async #waitForBatch(): Promise<number | null> {
    const { slots, progress, sleep, now } = this.#parts;
    let pausedMs = 0;
    for (;;) {
      if (progress.isStopping) return null;
      if (progress.isPaused) {
        await this.#reportState();
        const start = now();
        this.#reporter.flush(true);
        while (progress.isPaused) await progress.whenResumed(sleep);
        pausedMs += now() - start;
        continue;
      }
      const seen = slots.fullSignal;
      if (this.#takeBatch()) return pausedMs;
      if (this.#pending) {
        if (!(await this.#finishPending())) return null;
        continue;
      }
      this.#reporter.flushIfDue();
      await slots.whenFull(seen, sleep);
    }
  }

  /** Every learner has the same state: the first one tells it, once no update is under way. */
  async #reportState(): Promise<void> {
    const { engine, learnerIndex, now } = this.#parts;
    if (learnerIndex !== 0 || !(await this.#finishPending())) return;
    this.#reporter.keepState(await engine.exportState());
    this.#stateDueMs = now() + stateIntervalMs;
  }

  #takeBatch(): boolean {
    const { hyperparameters: h, slots, owner, learnerIndex } = this.#parts;
    if (h.lockstep) {
      const first = (this.#update * h.numLearners + learnerIndex) * h.batchSize;
      return slots.tryTakeTickets(owner, first, h.batchSize, this.#taken);
    }
    this.#dropOldRollouts();
    return slots.tryTake(owner, h.batchSize, this.#taken);
  }

  /** Gives back the rollouts that are too old to learn from; their episodes count all the same. */
  #dropOldRollouts(): void {
    const { hyperparameters: h, slots, owner, rollouts } = this.#parts;
    if (h.maxPolicyLag === 0) return;
    const one = this.#one;
    while (slots.numFull > 0) {
      const oldest = slots.oldestFull();
      if (oldest === null || this.#update - rollouts[oldest]!.policyVersion[0]! <= h.maxPolicyLag) return;
      if (!slots.tryTake(owner, 1, one)) return;
      this.#reporter.finishEpisodes(rollouts[one[0]!]!);
      slots.release(this.#one, owner);
    }
  }

  /** Copies the taken slots into the batch and gives them back at once. */
  #readBatch(): void {
    const { rollouts, slots, owner } = this.#parts;
    this.#batch.begin(this.#newest);
    for (const [b, slot] of this.#taken.entries()) {
      const rollout = rollouts[slot]!;
      this.#batch.assemble(b, rollout);
      this.#reporter.consumed(rollout, this.#update, slots.numFull);
    }
    slots.release(this.#taken, owner);
  }

  /** In lockstep, the end of a round is published only once every actor has adopted the version before it. */
  async #whenMayPublish(version: number): Promise<boolean> {
    const { hyperparameters: h, progress, sleep } = this.#parts;
    if (!h.lockstep) return true;
    const updatesPerRound = (h.numActors * h.numEnvsPerActor) / (h.batchSize * h.numLearners);
    // Update k learns from round ⌊(k − 1) / updatesPerRound⌋, while the actors play the next one with what came before.
    const playing = Math.floor((version - 1) / updatesPerRound) + 1;
    while (progress.roundsStartedByAll() <= playing) {
      if (progress.isStopping) return false;
      await progress.whenRoundStarts(playing + 1, sleep);
    }
    return true;
  }

  #assertFinite({ sums, gradNorm, parameters }: UpdateResult, version: number): void {
    const update = this.#updatesBefore + version - 1;
    const [policyLoss, baselineLoss, entropy] = sums as unknown as [number, number, number];
    const terms = { 'policy loss': policyLoss, 'baseline loss': baselineLoss, entropy, 'gradient norm': gradNorm };
    for (const [name, value] of Object.entries(terms)) {
      if (!Number.isFinite(value)) throw divergence(`the ${name} became ${value}`, update);
    }
    if (!areFinite(parameters)) throw divergence('a parameter became infinite', update);
  }
}

/** One sum tells, in a fraction of the time of asking each number: 0·x is 0 for finite x alone. */
function areFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 0 * values[i]!;
  return sum === 0;
}

function divergence(what: string, update: number): Error {
  const error = new Error(
    `Training diverged at update ${update}: ${what}. The weights before it are kept. Lower the learning rate or the gradient clip.`,
  );
  error.name = 'DivergenceError';
  return error;
}
