import { useEffect, useState } from 'react';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { messageOf } from '../notices.ts';
import { runsStore } from '../runs/runsStore.ts';
import { StoredAgent } from '../runs/StoredAgent.ts';
import { useStore } from '../store.ts';

export interface OpenedRun {
  readonly run: StoredRun;
  readonly agent: StoredAgent;
}

/** A stored run with its curves, read again when it changes. `undefined` while it is read, a sentence where it cannot be. */
export function useStoredRun(id: string): OpenedRun | string | undefined {
  const [opened, setOpened] = useState<OpenedRun | string>();
  const runs = useStore(runsStore);
  /** Null until it is known which runs there are. */
  const version = runs && (runs.find((run) => run.id === id)?.updatedAt ?? 0);
  useEffect(() => {
    if (version === null) return;
    let isWanted = true;
    open(id).then(
      (result) => isWanted && setOpened(result),
      (error: unknown) => isWanted && setOpened(messageOf(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [id, version]);
  return opened;
}

async function open(id: string): Promise<OpenedRun | string> {
  const run = await runStore.get(id);
  if (!run)
    return 'This run is not in the storage of this browser. It may have been deleted, or trained in another one.';
  const latest = run.weights.find(({ kind }) => kind === 'latest') ?? run.weights.at(-1);
  const [curves, weights] = await Promise.all([
    runStore.readCurves(id),
    latest ? runStore.readWeights(id, latest).catch(() => null) : null,
  ]);
  return { run, agent: new StoredAgent(run, curves, weights) };
}
