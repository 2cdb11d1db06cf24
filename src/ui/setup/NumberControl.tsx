/**
 * A number as people write it: 3e-4, 300 000, 3M, 2^15, 1/3. The text is never rewritten while somebody is in it, and text that
 * is no number stays to be explained. Arrow keys walk along the setting's scale, ten times as far with Shift, a tenth with Alt.
 */
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import { resolveAutomatic } from '../../config/derivedSizes.ts';
import type { HyperparameterName, NumberSpec } from '../../config/hyperparameters.ts';
import { formatNumber } from '../../config/parse.ts';
import type { ControlProps } from './controlProps.ts';
import styles from './Field.module.css';
import { fieldText } from './fieldHints.ts';
import { chosen, left, typed } from './formState.ts';
import { formStore } from './formStore.ts';
import { machine } from './machine.ts';
import { nearestPosition, sliderValues, steppedValue } from './sliderScale.ts';

export function NumberControl({ name, form, id, noteId, state, spec }: ControlProps & { readonly spec: NumberSpec }) {
  const value = form.values[name] as number;
  const [draft, setDraft] = useState<string | null>(null);
  const before = useRef(value);
  const settle = (next: number) => {
    formStore.update((now) => chosen(now, name, next));
    setDraft(fieldText(spec, next));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') settle(before.current);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    settle(steppedValue(spec, value, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey ? 10 : event.altKey ? 0.1 : 1));
  };
  return (
    <>
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
          value={draft ?? form.unreadable[name] ?? fieldText(spec, value)}
          onFocus={(event) => {
            before.current = value;
            setDraft(event.currentTarget.value);
          }}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            formStore.update((now) => typed(now, name, event.currentTarget.value));
          }}
          onBlur={() => {
            setDraft(null);
            formStore.update((now) => left(now, name, machine));
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles.unit}>{unitText(name, spec, form.values)}</span>
      </div>
      <Slider name={name} spec={spec} value={value} />
    </>
  );
}

function unitText(name: HyperparameterName, spec: NumberSpec, values: ControlProps['form']['values']): string {
  if (!spec.automatic || values[name] !== 0) return spec.unit;
  return `= ${formatNumber(resolveAutomatic(values, machine)[name] as number)} ${spec.unit}`;
}

/** For the pointer only: the text field above does the same from the keyboard, so it need not be reached twice. */
function Slider({ name, spec, value }: { name: HyperparameterName; spec: NumberSpec; value: number }) {
  const values = sliderValues(spec);
  if (!values) return null;
  const position = nearestPosition(values, value, spec.scale);
  return (
    <input
      className={styles.slider}
      type="range"
      aria-hidden="true"
      tabIndex={-1}
      min={0}
      max={values.length - 1}
      value={position}
      style={{ '--fill': `${(100 * position) / (values.length - 1)}%` } as CSSProperties}
      onChange={(event) => {
        const next = values[event.currentTarget.valueAsNumber]!;
        formStore.update((now) => left(chosen(now, name, next), name, machine));
      }}
    />
  );
}
