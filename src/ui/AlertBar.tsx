import { CircleAlert, X } from 'lucide-react';
import styles from './App.module.css';
import { Button } from './components/Button.tsx';
import { alertStore } from './notices.ts';
import { useStore } from './store.ts';

/** What went wrong outside of a run; it stays until somebody has read it. */
export function AlertBar() {
  const text = useStore(alertStore);
  if (text === null) return null;
  return (
    <div className={styles.alert} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      <p>{text}</p>
      <Button look="quiet" aria-label="Dismiss" onClick={() => alertStore.set(null)}>
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  );
}
