import { Download, RotateCcw, Table } from 'lucide-react';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { compact, count, duration, fixed } from '../format.ts';
import { downloadMetrics, downloadWeights, endStoreStore, startRun } from '../runActions.ts';
import { weightsFileStore } from '../setup/initialWeights.ts';
import { useStore } from '../store.ts';
import styles from './panels.module.css';
import { fileStemOf } from './useRunName.ts';

/** A run that ended: what came of it, and what to take away. */
export function FinishedBanner({ stopped }: { readonly stopped: boolean }) {
  const run = useRun();
  const { agent, hyperparameters, env } = run;
  const stored = useStore(endStoreStore);
  const isLost = stored === 'retrying' || stored === 'impossible';
  const { frames, seconds, evaluations } = agent.record;
  const last = evaluations.findLast((evaluation) => evaluation.isFinal) ?? evaluations.at(-1);
  const isSolved = last && env.rewardThreshold !== null && last.mean >= env.rewardThreshold;
  return (
    <section className={styles.banner} data-tone={isLost ? 'bad' : stopped ? 'quiet' : 'ok'}>
      <div>
        <h2>
          {stored === 'storing'
            ? 'Storing the run…'
            : `${stopped ? 'Stopped' : 'Done'} after ${compact(frames)} env steps in ${duration(seconds)}${isLost ? ', but not stored' : ''}`}
        </h2>
        {isLost && (
          <p>
            Its end lies in the memory of this page alone: download the weights before you leave.
            {stored === 'retrying' &&
              ' As soon as there is room, it is stored by itself; deleting runs in Runs makes some.'}
          </p>
        )}
        {last && (
          <p>
            {last.isFinal ? 'Final evaluation' : 'Last evaluation'} over {count(last.episodes, 'episode')}: mean return{' '}
            {fixed(last.mean, 1)}, IQM {fixed(last.iqm, 1)} [{fixed(last.iqmCi95[0], 1)}, {fixed(last.iqmCi95[1], 1)}]
            {isSolved && `. ${env.id} counts as solved from ${env.rewardThreshold}.`}
          </p>
        )}
      </div>
      <div className={styles.buttons}>
        <Button
          icon={<Download size={15} aria-hidden="true" />}
          onClick={() => downloadWeights(agent, fileStemOf(run))}
        >
          Download weights
        </Button>
        <Button icon={<Table size={15} aria-hidden="true" />} onClick={() => downloadMetrics(agent, fileStemOf(run))}>
          metrics.csv
        </Button>
        <Button
          icon={<RotateCcw size={15} aria-hidden="true" />}
          onClick={() => void startRun(hyperparameters, weightsFileStore.get())}
        >
          Train again
        </Button>
      </div>
    </section>
  );
}
