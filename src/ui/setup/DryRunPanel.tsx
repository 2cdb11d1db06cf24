/** Ten seconds with this configuration: how fast it is here, what holds it up, and how long all of it would take. */
import { Gauge, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { dryRun } from '../../trainer/dryRun.ts';
import { Button } from '../components/Button.tsx';
import { compact } from '../format.ts';
import { announce, messageOf } from '../notices.ts';
import { isBusy, useAgent, useRunState } from '../session.ts';
import { useStore } from '../store.ts';
import { differsInSpeed, isDryRunningStore, type Measured, measuredStore } from './dryRuns.ts';
import type { FormState } from './formState.ts';
import styles from './SetupSummary.module.css';

const trainedSeconds = 10;

type State = { readonly status: 'idle' | 'running' } | { readonly status: 'failed'; readonly reason: string };

export function DryRunPanel({ form, hasProblems }: { readonly form: FormState; readonly hasProblems: boolean }) {
  const [state, setState] = useState<State>({ status: 'idle' });
  const measured = useStore(measuredStore);
  const isTraining = isBusy(useRunState(useAgent()));
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []); // Leaving the form ends it.

  const run = async () => {
    const aborting = new AbortController();
    ending.current = aborting;
    setState({ status: 'running' });
    isDryRunningStore.set(true);
    try {
      const result = await dryRun(form.values, trainedSeconds, aborting.signal);
      measuredStore.set({ ...result, hyperparameters: form.values });
      setState({ status: 'idle' });
      announce('The dry run has ended.');
    } catch (error) {
      setState(aborting.signal.aborted ? { status: 'idle' } : { status: 'failed', reason: messageOf(error) });
    } finally {
      isDryRunningStore.set(false);
    }
  };

  return (
    <section className={styles.section} aria-label="Dry run" aria-busy={state.status === 'running'}>
      <h2>Dry run</h2>
      {state.status === 'running' ? (
        <Button icon={<Square size={14} aria-hidden="true" />} onClick={() => ending.current?.abort()}>
          End the dry run
        </Button>
      ) : (
        <Button
          icon={<Gauge size={14} aria-hidden="true" />}
          disabled={hasProblems || isTraining}
          onClick={() => void run()}
        >
          Train for {trainedSeconds} s
        </Button>
      )}
      {state.status === 'failed' && <p role="alert">{state.reason}</p>}
      {state.status === 'running' && <p>Trains with these settings. Nothing is kept of it.</p>}
      {isTraining && <p>A run goes on; a dry run beside it would measure neither.</p>}
      {state.status !== 'running' && measured && <Result measured={measured} form={form} />}
    </section>
  );
}

function Result({ measured, form }: { readonly measured: Measured; readonly form: FormState }) {
  const { framesPerSecond, updatesPerSecond, bottleneck, hyperparameters } = measured;
  if (differsInSpeed(hyperparameters, form.values)) return <p>Settings have changed since it was measured.</p>;
  return (
    <>
      <dl className={styles.rows}>
        <div>
          <dt>Env steps a second</dt>
          <dd>
            <b>{compact(framesPerSecond)}</b>
          </dd>
        </div>
        <div>
          <dt>Updates a second</dt>
          <dd>
            <b>{compact(updatesPerSecond)}</b>
          </dd>
        </div>
      </dl>
      {bottleneck && (
        <p>
          <b>{bottleneck.label}</b>: {bottleneck.advice}
        </p>
      )}
    </>
  );
}
