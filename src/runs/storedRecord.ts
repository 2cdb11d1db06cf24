import type { RunRecord } from '../trainer/run.ts';
import type { StoredCurves, StoredRun } from './RunStore.ts';

/** What was recorded of a stored run, as charts and files read it. */
export const storedRecord = (run: StoredRun, curves: StoredCurves): RunRecord => ({
  version: 1,
  frames: run.frames,
  updates: run.updates,
  seconds: run.seconds,
  ...curves,
  evaluations: run.evaluations,
  savedWeights: [],
  reportDelayMs: 0,
  bestWeights: null,
  changes: run.changes,
  breaks: run.breaks,
  checkpoint: null,
  actors: [],
  log: run.log,
  engine: run.engine,
});
