import { Download, Save } from 'lucide-react';
import { useRef } from 'react';
import { useRun } from '../charts/chartContext.ts';
import { Button } from '../components/Button.tsx';
import { compact } from '../format.ts';
import { downloadSavedWeights } from '../runActions.ts';
import styles from './panels.module.css';
import { useRefresh } from './useRefresh.ts';
import { fileStemOf } from './useRunName.ts';

/** Weights of the middle of the run, the newest first. */
export function SavedWeightsPanel() {
  const run = useRun();
  const { agent, hyperparameters } = run;
  const element = useRef<HTMLElement>(null);
  useRefresh(element);
  const { savedWeights } = agent.record;
  const { saveInterval } = hyperparameters;
  return (
    <section ref={element} className={styles.panel} aria-label="Saved weights">
      <div className={styles.head}>
        <h2>Saved weights</h2>
        <small>{saveInterval > 0 ? `every ${compact(saveInterval)} env steps` : 'when you ask for it'}</small>
        <Button icon={<Save size={14} aria-hidden />} onClick={() => agent.keepWeights()}>
          Keep present weights
        </Button>
      </div>
      {savedWeights.length === 0 && <p className={styles.facts}>None yet.</p>}
      {[...savedWeights].reverse().map((saved) => (
        <Button
          key={saved.frames}
          look="quiet"
          icon={<Download size={15} aria-hidden />}
          onClick={() => downloadSavedWeights(saved, fileStemOf(run))}
        >
          {compact(saved.frames)} env steps
        </Button>
      ))}
    </section>
  );
}
