import { useEffect, useMemo, useState } from 'react';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredCurves, StoredRun } from '../../runs/RunStore.ts';
import { report } from './runsActions.ts';

interface ReadCurves {
  readonly updatedAt: number;
  readonly curves: StoredCurves;
}

/** The curves of runs by their ids, read again when a run goes on. Those not read yet are missing. */
export function useCurves(runs: readonly StoredRun[]): ReadonlyMap<string, StoredCurves> {
  const [read, setRead] = useState<ReadonlyMap<string, ReadCurves>>(new Map());
  useEffect(() => {
    const outdated = runs.filter(({ id, updatedAt }) => read.get(id)?.updatedAt !== updatedAt);
    if (outdated.length === 0) return;
    let isWanted = true;
    const reading = Promise.all(
      outdated.map(async ({ id, updatedAt }) => [id, { updatedAt, curves: await runStore.readCurves(id) }] as const),
    );
    report(
      reading.then((entries) => {
        if (isWanted) setRead((before) => new Map([...before, ...entries]));
      }),
    );
    return () => {
      isWanted = false;
    };
  }, [runs, read]);
  return useMemo(() => new Map([...read].map(([id, { curves }]) => [id, curves])), [read]);
}
