import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import styles from './Dialog.module.css';

interface Props {
  readonly title: string;
  /** Escape was pressed; whoever shows the dialog takes it off the page. */
  readonly onClose: () => void;
  readonly size?: 'narrow' | 'wide' | 'full';
  readonly children: ReactNode;
}

/** A modal dialog, open for as long as it is on the page. The focus then returns to where it was. */
export function Dialog({ title, onClose, size = 'narrow', children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it leaves the page: afterwards, the browser would not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`${styles.dialog} ${styles[size]}`}
      data-takes-keys={size === 'full'}
      aria-labelledby={id}
      onClose={onClose}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

/** What can be answered, below the rest. */
export const DialogButtons = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.buttons}>{children}</div>
);
