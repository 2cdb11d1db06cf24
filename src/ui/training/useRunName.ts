import type { StoredRun } from '../../runs/RunStore.ts';
import { type RunOnShow, useRun } from '../charts/chartContext.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { useStore } from '../store.ts';

/** What the run on show is called: by its owner where it is kept, by its tag where not. */
export function useRunName(): string {
  return nameIn(useRun(), useStore(runsStore), useStore(keptRunStore));
}

/** The same at one moment. */
export const runNameOf = (run: RunOnShow): string => nameIn(run, runsStore.get(), keptRunStore.get());

function nameIn(
  { stored, hyperparameters }: RunOnShow,
  runs: readonly StoredRun[] | null,
  kept: string | null,
): string {
  const id = stored?.id ?? kept;
  return (runs?.find((one) => one.id === id) ?? stored)?.name ?? hyperparameters.tag;
}
