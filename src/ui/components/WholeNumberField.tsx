/** A whole number as people write it. Text that is none, or out of range, stays and is explained; the setting keeps its last value. */
import { useId, useState } from 'react';
import { formatNumber, parseNumber } from '../../config/parse.ts';
import styles from './Field.module.css';

interface Props {
  readonly label: string;
  /** Null stands for an empty field. */
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
  /** Shown in the empty field; a field without one must not be empty. */
  readonly placeholder?: string;
  readonly onChange: (value: number | null) => void;
}

export function WholeNumberField({ label, value, least, most, placeholder, onChange }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? (value === null ? '' : formatNumber(value));
  const read = (typed: string): number | null | undefined => {
    if (typed.trim() === '') return placeholder === undefined ? undefined : null;
    const number = parseNumber(typed);
    return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
  };
  const isUnreadable = read(text) === undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={text}
        aria-invalid={isUnreadable}
        aria-describedby={isUnreadable ? `${id}-problem` : undefined}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          const next = read(event.currentTarget.value);
          if (next !== undefined) onChange(next);
        }}
        onBlur={() => {
          if (!isUnreadable) setDraft(null);
        }}
      />
      {isUnreadable && (
        <p id={`${id}-problem`} className={styles.problem}>
          A whole number from {formatNumber(least)} to {formatNumber(most)}
          {placeholder === undefined ? '' : ', or nothing'}.
        </p>
      )}
    </div>
  );
}
