/** A stored run in the place of an agent: charts and files read it alike, and nothing can be asked of it that needs workers. */

import type { StoredCurves, StoredRun } from '../../runs/RunStore.ts';
import { storedRecord } from '../../runs/storedRecord.ts';
import type { Agent, LiveValues, RunRecord, RunState } from '../../trainer/run.ts';

export class StoredAgent implements Agent {
  readonly algorithm: string;
  readonly state: RunState;
  readonly record: RunRecord;
  readonly liveValues: LiveValues;
  readonly #weights: Uint8Array<ArrayBuffer> | null;

  /** @param weights the newest ones, if there are any */
  constructor(run: StoredRun, curves: StoredCurves, weights: Uint8Array<ArrayBuffer> | null) {
    this.algorithm = run.algorithm;
    this.state =
      run.status === 'failed'
        ? { status: 'failed', reason: run.reason }
        : { status: 'finished', stopped: run.status !== 'finished' };
    this.record = storedRecord(run, curves);
    this.liveValues = { lr: run.hyperparameters.lr, entCoef: run.hyperparameters.entCoef };
    this.#weights = weights;
  }

  subscribe(): () => void {
    return () => {};
  }

  weights(): Uint8Array<ArrayBuffer> {
    if (!this.#weights) throw new Error('No weights of this run are stored.');
    return this.#weights;
  }

  train = refuse;
  eval = refuse;
  pause = refuse;
  resume = refuse;
  change = refuse;
  load = refuse;
  keepWeights = refuse;
  watch = refuse;

  stop(): void {}

  dispose(): void {}
}

function refuse(): never {
  throw new Error('This run is only stored. Resume it, or evaluate its weights.');
}
