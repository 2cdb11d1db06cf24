/**
 * A number as people write it: 3e-4, 300 000, 3M, 2^15, 1/3. The text is never rewritten while somebody is in it, and text that
 * is no number stays to be explained. Arrow keys walk along the scale, ten times as far with Shift, a tenth with Alt; Escape goes
 * back to what was there.
 */
import { type KeyboardEvent, useRef, useState } from 'react';
import type { NumberSpec } from '../../config/hyperparameters.ts';
import type { FieldNote } from './controlProps.ts';
import styles from './Field.module.css';
import { fieldText } from './fieldHints.ts';
import { steppedValue } from './sliderScale.ts';

interface Props {
  readonly id: string;
  /** The element that describes the field. */
  readonly noteId: string;
  readonly state: FieldNote['state'];
  readonly spec: NumberSpec;
  readonly value: number;
  /** What was typed where it is no valid value. */
  readonly unreadable: string | undefined;
  readonly unit: string;
  readonly onType: (text: string) => void;
  /** A value that needs no reading: an arrow key or Escape. */
  readonly onStep: (value: number) => void;
  readonly onLeave: () => void;
}

export function NumberField({ id, noteId, state, spec, value, unreadable, unit, onType, onStep, onLeave }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const before = useRef(value);
  const settle = (next: number) => {
    onStep(next);
    setDraft(fieldText(spec, next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') settle(before.current);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const from = Number.isNaN(value) ? spec.default : value;
    settle(steppedValue(spec, from, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey ? 10 : event.altKey ? 0.1 : 1));
  };
  return (
    <div className={styles.box} data-state={state}>
      <input
        id={id}
        className={styles.input}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={noteId}
        aria-invalid={state === 'error'}
        value={draft ?? unreadable ?? fieldText(spec, value)}
        onFocus={(event) => {
          before.current = Number.isNaN(value) ? spec.default : value;
          setDraft(event.currentTarget.value);
        }}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          onType(event.currentTarget.value);
        }}
        onBlur={() => {
          setDraft(null);
          onLeave();
        }}
        onKeyDown={onKeyDown}
      />
      <span className={styles.unit}>{unit}</span>
    </div>
  );
}
