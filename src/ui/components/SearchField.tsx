import { Search } from 'lucide-react';
import { type ComponentProps, useRef } from 'react';
import { useShortcut } from '../shortcuts.ts';
import styles from './SearchField.module.css';

interface Props extends Omit<ComponentProps<'input'>, 'onChange'> {
  readonly onChange: (text: string) => void;
  /** What the key `/` does, which brings the focus here. */
  readonly shortcut: string;
}

export function SearchField({ onChange, shortcut, className = '', ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut({ key: '/', name: '/', does: shortcut }, () => input.current?.focus());
  return (
    <span className={`${styles.search} ${className}`}>
      <Search size={14} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...rest}
      />
      <span className={styles.key} aria-hidden="true">
        /
      </span>
    </span>
  );
}
