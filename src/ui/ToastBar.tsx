import { Button } from './components/Button.tsx';
import { useStore } from './store.ts';
import styles from './ToastBar.module.css';
import { toastStore } from './toasts.ts';

export function ToastBar() {
  const toast = useStore(toastStore);
  return (
    <div className={styles.place} role="status">
      {toast && (
        <div className={styles.toast}>
          <span>{toast.text}</span>
          <Button
            onClick={() => {
              toastStore.set(null);
              toast.onAction();
            }}
          >
            {toast.action}
          </Button>
        </div>
      )}
    </div>
  );
}
