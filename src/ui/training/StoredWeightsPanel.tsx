import { Download } from 'lucide-react';
import type { StoredRun } from '../../runs/RunStore.ts';
import { Button } from '../components/Button.tsx';
import { bytes, compact } from '../format.ts';
import { downloadStoredWeights, report } from '../runs/runsActions.ts';
import { weightsKinds } from '../runs/weightsKinds.ts';
import styles from './panels.module.css';

/** Every set of weights that is stored of a run. */
export function StoredWeightsPanel({ run }: { readonly run: StoredRun }) {
  return (
    <section className={styles.panel} aria-label="Stored weights">
      <div className={styles.head}>
        <h2>Stored weights</h2>
      </div>
      {run.weights.length === 0 && <p className={styles.facts}>None.</p>}
      {run.weights.map((entry) => (
        <div key={`${entry.kind} ${entry.frames}`}>
          <Button
            look="quiet"
            icon={<Download size={15} aria-hidden="true" />}
            onClick={() => report(downloadStoredWeights(run, entry))}
          >
            {weightsKinds[entry.kind]}, {compact(entry.frames)} env steps, {bytes(entry.sizeBytes)}
          </Button>
        </div>
      ))}
    </section>
  );
}
