import { ListX, Play } from 'lucide-react';
import type { StoredRun } from '../../runs/RunStore.ts';
import { Button } from '../components/Button.tsx';
import { count } from '../format.ts';
import { isBusy, useAgent, useRunState } from '../session.ts';
import { cancelQueue, inOrder, startQueue } from './queue.ts';
import styles from './RunsView.module.css';
import { report } from './runsActions.ts';

/** Runs that wait for their turn. */
export function QueuePanel({ runs }: { readonly runs: readonly StoredRun[] }) {
  const isUnderWay = isBusy(useRunState(useAgent()));
  const queued = inOrder(runs);
  if (queued.length === 0) return null;
  return (
    <section className={styles.queue} aria-label="Queue">
      <h2>Queue</h2>
      <span>
        {count(queued.length, 'run')} {queued.length === 1 ? 'waits' : 'wait'}
        {isUnderWay ? ' for the run under way to end' : ''}: {queued.map(({ name }) => name).join(', ')}
      </span>
      <div className={styles.buttons}>
        {!isUnderWay && (
          <Button icon={<Play size={15} aria-hidden="true" />} onClick={startQueue}>
            Start
          </Button>
        )}
        <Button icon={<ListX size={15} aria-hidden="true" />} onClick={() => report(cancelQueue())}>
          Cancel all
        </Button>
      </div>
    </section>
  );
}
