/** Everything that is decided before a run: environment, settings, and what they come to. */
import { lazy, Suspense, useEffect } from 'react';
import { envDefinitions } from '../../envs/registry.ts';
import { startRun } from '../runActions.ts';
import { useStore } from '../store.ts';
import { ConfigureHeader } from './ConfigureHeader.tsx';
import styles from './ConfigureView.module.css';
import { fieldId } from './controlProps.ts';
import { EnvList } from './EnvList.tsx';
import { problemsOf, revealed, shownProblems } from './formState.ts';
import { formStore } from './formStore.ts';
import { HyperparameterForm } from './HyperparameterForm.tsx';
import { weightsFileStore } from './initialWeights.ts';
import { machine } from './machine.ts';
import { SetupSummary } from './SetupSummary.tsx';

/** It plays; the form needs not wait for it. */
const EnvPreview = lazy(async () => ({ default: (await import('./EnvPreview.tsx')).EnvPreview }));

/** Starts a run, or shows everything that is in the way and goes to the first of it. */
function tryToStart(): void {
  const form = formStore.get();
  const [first] = problemsOf(form, machine);
  if (!first) {
    void startRun(form.values, weightsFileStore.get());
    return;
  }
  formStore.set(revealed(form, machine));
  requestAnimationFrame(() => {
    const field = document.getElementById(fieldId(first.names[0]));
    const folded = field?.closest('details');
    if (folded) folded.open = true;
    field?.focus();
  });
}

export function ConfigureView() {
  const form = useStore(formStore);
  const problems = shownProblems(form, machine);
  const definition = envDefinitions.find(({ spec }) => spec.id === form.values.env);
  useEffect(() => {
    const start = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) tryToStart();
    };
    addEventListener('keydown', start);
    return () => removeEventListener('keydown', start);
  }, []);
  const envProblem = problems.find((problem) => problem.names[0] === 'env')?.message ?? null;
  return (
    <div className={styles.view}>
      <ConfigureHeader form={form} />
      <div className={styles.columns}>
        <div>
          <EnvList form={form} problem={envProblem} />
        </div>
        <div className={styles.form}>
          <Suspense fallback={<div className={styles.preview} />}>
            {definition && <EnvPreview key={definition.spec.id} definition={definition} form={form} />}
          </Suspense>
          <HyperparameterForm form={form} problems={problems} />
        </div>
        <SetupSummary form={form} definition={definition} numProblems={problems.length} onStart={tryToStart} />
      </div>
    </div>
  );
}
