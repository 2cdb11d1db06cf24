import { useSyncExternalStore } from 'react';
import { type RunOnShow, useRun } from '../charts/chartContext.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';

/** What the run on show is called: by its owner where it is kept, by its tag where not. Renders only when that changes. */
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
  return (runsStore.get()?.find((one) => one.id === id) ?? stored)?.name ?? hyperparameters.tag;
}
