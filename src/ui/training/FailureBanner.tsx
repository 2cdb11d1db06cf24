import { Download, RotateCcw, Settings2 } from 'lucide-react';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { compact, count } from '../format.ts';
import { goTo } from '../routes.ts';
import { downloadWeights, startRun } from '../runActions.ts';
import { weightsFileStore } from '../setup/initialWeights.ts';
import styles from './panels.module.css';
import { fileStemOf } from './useRunName.ts';

/** A run that failed: why, what is left of it, and the ways on. */
export function FailureBanner({ reason }: { readonly reason: string }) {
  const run = useRun();
  const { agent, hyperparameters } = run;
  const { frames, episodes } = agent.record;
  return (
    <section className={styles.banner} data-tone="bad" role="alert">
      <div>
        <h2>Training failed</h2>
        <p>{reason}</p>
        <p>
          {frames > 0
            ? `Kept: the curves of ${compact(frames)} env steps and ${count(episodes.frames.length, 'episode')}, and the last good weights.`
            : 'It failed before the first update: there is nothing to keep.'}
        </p>
      </div>
      <div className={styles.buttons}>
        {frames > 0 && (
          <Button
            icon={<Download size={15} aria-hidden="true" />}
            onClick={() => downloadWeights(agent, fileStemOf(run))}
          >
            Download weights
          </Button>
        )}
        <Button icon={<Settings2 size={15} aria-hidden="true" />} onClick={() => goTo('configure')}>
          Change settings
        </Button>
        <Button
          icon={<RotateCcw size={15} aria-hidden="true" />}
          onClick={() => void startRun(hyperparameters, weightsFileStore.get())}
        >
          Start again
        </Button>
      </div>
    </section>
  );
}
