import { CopyPlus, Play } from 'lucide-react';
import type { RunStatus, StoredRun } from '../../runs/RunStore.ts';
import { Button } from '../components/Button.tsx';
import { compact, duration } from '../format.ts';
import { resumeRun } from '../runActions.ts';
import { duplicateRun } from '../runs/runsActions.ts';
import { isResumable } from '../runs/statusLook.ts';
import styles from './panels.module.css';

const words: Partial<Record<RunStatus, string>> = { interrupted: 'Interrupted', failed: 'Failed' };

/** A run that was opened from storage: where it stands, and the ways on. */
export function StoredBanner({ run }: { readonly run: StoredRun }) {
  return (
    <section className={styles.banner} data-tone={run.status === 'failed' ? 'bad' : 'quiet'}>
      <div>
        <h2>
          {words[run.status] ?? 'Stored'} after {compact(run.frames)} of {compact(run.hyperparameters.numTrainSteps)}{' '}
          env steps, {duration(run.seconds)} of training
        </h2>
        {run.reason && <p>{run.reason}</p>}
        <p>{sentenceAbout(run)}</p>
      </div>
      <div className={styles.buttons}>
        {isResumable(run) && (
          <Button icon={<Play size={15} aria-hidden="true" />} onClick={() => void resumeRun(run)}>
            Resume
          </Button>
        )}
        <Button icon={<CopyPlus size={15} aria-hidden="true" />} onClick={() => duplicateRun(run)}>
          Duplicate with changes
        </Button>
      </div>
    </section>
  );
}

function sentenceAbout(run: StoredRun): string {
  if (run.status === 'training') return 'Another tab trains it.';
  if (run.status === 'queued') return 'It waits in the queue.';
  if (run.status === 'finished') return 'It came to the end of its budget.';
  if (!run.checkpoint) return 'It has no checkpoint, so it cannot be resumed.';
  const lost = run.frames - run.checkpoint.frames;
  const from = `It goes on from ${compact(run.checkpoint.frames)} env steps, with the same weights, optimiser state and schedule.`;
  return lost > 0 ? `${from} The last ${compact(lost)} are trained again.` : from;
}
