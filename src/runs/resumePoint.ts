import { decodeCheckpoint } from '../checkpoints/checkpointFile.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { ResumePoint } from '../trainer/run.ts';
import type { RunStore, StoredRun } from './RunStore.ts';

/** Where a stored run goes on. Throws, with a sentence to show, if its checkpoint is gone or damaged. */
export async function readResumePoint(store: RunStore, run: StoredRun): Promise<ResumePoint> {
  const [file, curves] = await Promise.all([store.readCheckpoint(run.id), store.readCurves(run.id)]);
  if (!file) throw new Error(`"${run.name}" has no checkpoint to resume from.`);
  const checkpoint = decodeCheckpoint(file, networkOf(run.hyperparameters));
  const { evaluations, changes, log, breaks } = run;
  return { checkpoint, past: { ...curves, evaluations, changes, log, breaks } };
}
