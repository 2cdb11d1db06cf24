import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';

interface Props extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly icon?: ReactNode;
  /** The key that does the same, as it is written on keyboards. */
  readonly keys?: string;
  readonly isWide?: boolean;
}

export function Button({ look = 'plain', icon, keys, isWide, children, className, ...rest }: Props) {
  const classes = [styles.button, look !== 'plain' && styles[look], isWide && styles.wide, className];
  return (
    <button type="button" className={classes.filter(Boolean).join(' ')} {...rest}>
      {icon}
      {children}
      {keys && (
        <span className={styles.keys} aria-hidden="true">
          {keys}
        </span>
      )}
    </button>
  );
}
