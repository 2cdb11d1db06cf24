/** The right column: the button, and below it what the settings come to. */
import { Play } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { EnvDefinition } from '../../envs/env.ts';
import { Button } from '../components/Button.tsx';
import { count } from '../format.ts';
import type { FormState } from './formState.ts';
import styles from './SetupSummary.module.css';

/** Nobody waits for figures before the first look at the page. */
const SetupFigures = lazy(async () => ({ default: (await import('./SetupFigures.tsx')).SetupFigures }));

interface Props {
  readonly form: FormState;
  readonly definition: EnvDefinition | undefined;
  readonly numProblems: number;
  readonly onStart: () => void;
}

export function SetupSummary({ form, definition, numProblems, onStart }: Props) {
  return (
    <aside className={styles.summary} aria-label="Summary">
      <div className={styles.start}>
        {numProblems > 0 && (
          <p className={styles.problems} role="alert">
            {count(numProblems, 'setting')} to correct first.
          </p>
        )}
        <Button
          look="primary"
          isWide
          keys="Ctrl ↵"
          icon={<Play size={16} aria-hidden="true" />}
          aria-keyshortcuts="Control+Enter"
          onClick={onStart}
        >
          Start training
        </Button>
      </div>
      <Suspense>
        <SetupFigures form={form} definition={definition} numProblems={numProblems} />
      </Suspense>
    </aside>
  );
}
