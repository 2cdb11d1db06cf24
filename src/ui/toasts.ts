/** A message that goes away by itself, with one thing that can be done about it. */
import { Store } from './store.ts';

export interface Toast {
  readonly text: string;
  readonly action: string;
  readonly lastsMs: number;
  readonly onAction: () => void;
}

/** The newest one; those before it stay in force, they only can be undone no more. */
export const toastStore = new Store<Toast | null>(null);

export function showToast(toast: Toast): void {
  toastStore.set(toast);
  setTimeout(() => {
    if (toastStore.get() === toast) toastStore.set(null);
  }, toast.lastsMs);
}
