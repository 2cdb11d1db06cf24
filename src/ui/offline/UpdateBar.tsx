/** Offers a new version of the page. It is never loaded by itself, and not while a run goes on. */
import { useState } from 'react';
import styles from '../App.module.css';
import { Button } from '../components/Button.tsx';
import { useStore } from '../store.ts';
import { loadUpdate, updateStore } from './serviceWorker.ts';

export function UpdateBar({ isRunning }: { readonly isRunning: boolean }) {
  const update = useStore(updateStore);
  const [hasOtherTabs, setHasOtherTabs] = useState(false);
  if (!update) return null;
  const load = async () => setHasOtherTabs(!(await loadUpdate(update)));
  return (
    <div className={styles.notice} role="status">
      <span>
        A new version of Pronk is ready. {isRunning && 'It can be loaded when the run has ended.'}
        {hasOtherTabs && 'Close the other tabs of Pronk first.'}
      </span>
      {!isRunning && <Button onClick={() => void load()}>Load it</Button>}
      <Button onClick={() => updateStore.set(null)}>Later</Button>
    </div>
  );
}
