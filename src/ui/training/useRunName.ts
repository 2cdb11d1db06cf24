import { useSyncExternalStore } from 'react';
import { nextName } from '../../runs/runNames.ts';
import { type RunOnShow, useRun } from '../charts/chartContext.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { fileNameOf } from '../saveFile.ts';

/** What the run on show is called: by its owner where it is kept, as it would be where not. Renders only when that changes. */
export function useRunName(): string {
  const run = useRun();
  return useSyncExternalStore(subscribe, () => runNameOf(run));
}

function subscribe(listener: () => void): () => void {
  const ends = [runsStore.subscribe(listener), keptRunStore.subscribe(listener)];
  return () => {
    for (const end of ends) end();
  };
}

/** The same at one moment. */
export function runNameOf({ stored, hyperparameters }: RunOnShow): string {
  const id = stored?.id ?? keptRunStore.get();
  return (runsStore.get()?.find((one) => one.id === id) ?? stored)?.name ?? nextName(hyperparameters, []);
}

/** The name that a run's files begin with. */
export const fileStemOf = (run: RunOnShow): string => fileNameOf(`${runNameOf(run)}-${run.hyperparameters.env}`);
