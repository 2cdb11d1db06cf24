/** Puts a sweep over one setting of this form into the queue. */
import { ListPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { type HyperparameterName, hyperparameterNames, specOf } from '../../config/hyperparameters.ts';
import { Button } from '../components/Button.tsx';
import { count } from '../format.ts';
import { announce } from '../notices.ts';
import { goTo } from '../routes.ts';
import { queueRuns } from '../runs/queue.ts';
import { report } from '../runs/runsActions.ts';
import type { FormState } from './formState.ts';
import { machine } from './machine.ts';
import styles from './SetupSummary.module.css';
import { sweepOf } from './sweep.ts';

/** What is worth being swept; a run's name and place are not. */
const names = hyperparameterNames.filter((name) => !['tag', 'env', 'evalEnv', 'initModelPath'].includes(name));

export function SweepPanel({ form }: { readonly form: FormState }) {
  const [name, setName] = useState<HyperparameterName>('seed');
  const [text, setText] = useState('1–5');
  const [isProblemShown, setIsProblemShown] = useState(false);
  const id = useId();
  const { runs, problem } = sweepOf(form.values, name, text, machine);
  const queue = async () => {
    await queueRuns(runs);
    announce(`${count(runs.length, 'run')} queued.`);
    goTo('runs');
  };
  return (
    <details className={styles.section}>
      <summary>
        <h2>Several runs</h2>
      </summary>
      <div className={styles.sweep}>
        <label>
          <span>Setting</span>
          <select value={name} onChange={(event) => setName(event.currentTarget.value as HyperparameterName)}>
            {names.map((one) => (
              <option key={one} value={one}>
                {specOf(one).label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Values</span>
          <input
            value={text}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={isProblemShown && problem !== ''}
            aria-describedby={id}
            onChange={(event) => setText(event.currentTarget.value)}
            onBlur={() => setIsProblemShown(true)}
          />
        </label>
        <p id={id} className={isProblemShown && problem ? styles.problems : styles.empty}>
          {isProblemShown && problem
            ? problem
            : 'One run for each value, one after another. All else is as in the form.'}
        </p>
        <Button
          icon={<ListPlus size={15} aria-hidden="true" />}
          onClick={() => (problem ? setIsProblemShown(true) : report(queue()))}
        >
          Queue {runs.length > 0 ? count(runs.length, 'run') : 'runs'}
        </Button>
      </div>
    </details>
  );
}
