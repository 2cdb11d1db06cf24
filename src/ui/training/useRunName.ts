import { useRun } from '../charts/chartContext.ts';
import { keptRunStore, runsStore } from '../runs/runsStore.ts';
import { useStore } from '../store.ts';

/** What the run on show is called: by its owner where it is kept, by its tag where not. */
export function useRunName(): string {
  const { stored, hyperparameters } = useRun();
  const kept = useStore(keptRunStore);
  const id = stored?.id ?? kept;
  const run = useStore(runsStore)?.find((one) => one.id === id) ?? stored;
  return run?.name ?? hyperparameters.tag;
}
