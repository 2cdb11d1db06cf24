/**
 * Writes a run down while it goes on: every few seconds, with each checkpoint, when it ends, and when the page is hidden or left. What a crash can take
 * is what happened since the last of them; a reload takes nothing that the page showed, if the browser finds time to write before it leaves. Records
 * wait for nothing; files, which take longer, for those before them.
 */
import { encodeCheckpoint } from '../checkpoints/checkpointFile.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { Agent, LearnerState, SavedWeights } from '../trainer/run.ts';
import {
  noRows,
  progressOf,
  type RunStatus,
  type RunStore,
  rowsOf,
  runStatusOf,
  type StoredRows,
  type StoredRun,
} from './RunStore.ts';
import { holdRunLock } from './runLock.ts';

const writeIntervalMs = 3000;

export class RunKeeper {
  readonly runId: string;
  readonly #store: RunStore;
  readonly #agent: Agent;
  readonly #run: StoredRun;
  readonly #onProblem: (message: string) => void;
  /** What is stored once all writes under way have succeeded. */
  #stored: StoredRows = noRows;
  #storedVersion = -1;
  #storedStatus: RunStatus = 'training';
  #checkpoint: LearnerState | null = null;
  #seenCheckpoint: LearnerState | null = null;
  #seenStatus: RunStatus = 'training';
  #best: SavedWeights | null = null;
  #lastSavedFrames: number;
  #writingRecords: Promise<void> = Promise.resolve();
  #writingFiles: Promise<void> = Promise.resolve();
  #releaseLock: () => void = () => {};
  #leave: () => void = () => {};
  #isEnded = false;

  private constructor(store: RunStore, agent: Agent, run: StoredRun, onProblem: (message: string) => void) {
    this.runId = run.id;
    this.#store = store;
    this.#agent = agent;
    this.#run = run;
    this.#onProblem = onProblem;
    this.#lastSavedFrames = run.checkpoint?.frames ?? 0;
  }

  /**
   * Stores `run` and begins to keep what `agent`, which is about to train, records. Rejects with a sentence to show if nothing can
   * be stored here.
   * @param onProblem is told of each write that failed
   */
  static async begin(
    store: RunStore,
    agent: Agent,
    run: StoredRun,
    onProblem: (message: string) => void,
  ): Promise<RunKeeper> {
    const keeper = new RunKeeper(store, agent, run, onProblem);
    keeper.#releaseLock = await holdRunLock(run.id);
    try {
      await store.put({ ...run, status: 'training', reason: '', algorithm: agent.algorithm });
    } catch (error) {
      keeper.#releaseLock();
      throw error;
    }
    keeper.#watch();
    return keeper;
  }

  /** Writes what there is and lets go of the run. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#leave();
    await this.write();
    await this.write(); // What could not be written, once more.
    this.#releaseLock();
  }

  /** Writes what was recorded since the last time: record and files side by side. */
  async write(): Promise<void> {
    const status = this.#status();
    const [before, writing] = [this.#writingRecords, this.#writeRecord().catch(this.#tellOf)];
    this.#writingRecords = before.then(() => writing);
    this.#writingFiles = this.#writingFiles.then(() => this.#writeFiles()).catch(this.#tellOf);
    await Promise.all([this.#writingRecords, this.#writingFiles]);
    if (status !== 'training') this.#releaseLock();
  }

  readonly #tellOf = (error: Error): void => this.#onProblem(error.message);

  #watch(): void {
    const onHide = () => void this.write();
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') onHide();
    };
    const timer = setInterval(() => void this.write(), writeIntervalMs);
    addEventListener('beforeunload', onHide); // While there is time to write.
    addEventListener('pagehide', onHide);
    document.addEventListener('visibilitychange', onVisibility);
    const unsubscribe = this.#agent.subscribe(() => {
      const isNew = this.#agent.record.checkpoint !== this.#seenCheckpoint || this.#status() !== this.#seenStatus;
      this.#seenCheckpoint = this.#agent.record.checkpoint;
      this.#seenStatus = this.#status();
      if (isNew) void this.write();
    });
    this.#leave = () => {
      clearInterval(timer);
      removeEventListener('beforeunload', onHide);
      removeEventListener('pagehide', onHide);
      document.removeEventListener('visibilitychange', onVisibility);
      unsubscribe();
    };
  }

  async #writeRecord(): Promise<void> {
    const { record, state } = this.#agent;
    const status = this.#status();
    if (record.version === this.#storedVersion && status === this.#storedStatus) return;
    const reason = state.status === 'failed' ? state.reason : '';
    const stored = this.#stored;
    this.#stored = rowsOf(record);
    this.#storedVersion = record.version;
    this.#storedStatus = status;
    try {
      await this.#store.record(this.runId, record, stored, progressOf({ ...record, status, reason }));
    } catch (error) {
      this.#stored = noRows; // Writes after this one may have succeeded, and would leave a gap.
      this.#storedVersion = -1;
      throw error;
    }
  }

  async #writeFiles(): Promise<void> {
    const { savedWeights, bestWeights, checkpoint } = this.#agent.record;
    for (const { frames, file } of savedWeights) {
      if (frames <= this.#lastSavedFrames) continue;
      await this.#store.writeWeights(this.runId, 'saved', frames, file);
      this.#lastSavedFrames = frames;
    }
    if (bestWeights && bestWeights !== this.#best) {
      await this.#store.writeWeights(this.runId, 'best', bestWeights.frames, bestWeights.file);
      this.#best = bestWeights;
    }
    if (checkpoint && checkpoint !== this.#checkpoint) {
      const file = encodeCheckpoint(checkpoint, networkOf(this.#run.hyperparameters));
      await this.#store.writeCheckpoint(this.runId, checkpoint.frames, file);
      this.#checkpoint = checkpoint;
    }
  }

  #status(): RunStatus {
    const status = runStatusOf(this.#agent.state);
    return status === 'training' && this.#isEnded ? 'stopped' : status; // Another run took its place.
  }
}
