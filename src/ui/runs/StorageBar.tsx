/** How much of this browser's storage runs take, and whether it is kept. */
import { HardDrive } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { StoredRun } from '../../runs/RunStore.ts';
import { Button } from '../components/Button.tsx';
import { bytes, count } from '../format.ts';
import styles from './RunsView.module.css';
import { report } from './runsActions.ts';

interface StorageState {
  readonly usage: number;
  readonly quota: number;
  readonly isPersisted: boolean;
}

export function StorageBar({ runs }: { readonly runs: readonly StoredRun[] }) {
  const [state, setState] = useState<StorageState | null>(null);
  const ofRuns = runs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const refresh = async () => {
    const [{ usage = 0, quota = 0 }, isPersisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    setState({ usage, quota, isPersisted });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the runs take another amount
  useEffect(() => report(refresh()), [ofRuns]);
  if (!state) return null;
  const askToKeep = async () => {
    await navigator.storage.persist();
    await refresh();
  };
  return (
    <footer className={styles.storage}>
      <HardDrive size={14} aria-hidden="true" />
      <span>
        <b>{bytes(ofRuns)}</b> in {count(runs.length, 'run')}; {bytes(state.usage)} of {bytes(state.quota)} used by this
        site
      </span>
      <meter min={0} max={state.quota} value={state.usage} aria-label="Storage used by this site" />
      <span>
        {state.isPersisted
          ? 'Kept until you delete it.'
          : 'The browser may clear it when space runs short: export what matters.'}
      </span>
      {!state.isPersisted && <Button onClick={() => report(askToKeep())}>Ask to keep it</Button>}
    </footer>
  );
}
