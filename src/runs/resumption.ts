import { decodeCheckpoint } from '../checkpoints/checkpointFile.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { ResumePoint } from '../trainer/run.ts';
import type { RunStore, StoredRun } from './RunStore.ts';

/** A stored run that goes on: the run as it was at its checkpoint, and what training begins with. */
export interface Resumption {
  readonly run: StoredRun;
  readonly resumeFrom: ResumePoint;
}

/**
 * Training goes on from the checkpoint, and what came after it happens anew: weights from there lie on no curve any more, and the run no
 * longer lists them. Throws, with a sentence to show, if the checkpoint is gone or damaged.
 */
export async function readResumption(store: RunStore, run: StoredRun): Promise<Resumption> {
  const [file, curves] = await Promise.all([store.readCheckpoint(run.id), store.readCurves(run.id)]);
  if (!file) throw new Error(`"${run.name}" has no checkpoint to resume from.`);
  const checkpoint = decodeCheckpoint(file, networkOf(run.hyperparameters));
  const { evaluations, changes, log, breaks } = run;
  return {
    run: { ...run, weights: run.weights.filter(({ frames }) => frames <= checkpoint.frames) },
    resumeFrom: { checkpoint, past: { ...curves, evaluations, changes, log, breaks } },
  };
}
