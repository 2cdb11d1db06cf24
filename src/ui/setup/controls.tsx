/** The simple controls: choices, switches, texts and environments. */
import type { ChoiceSpec, HyperparameterName, Hyperparameters, TextSpec } from '../../config/hyperparameters.ts';
import { envDefinitions } from '../../envs/registry.ts';
import type { ControlProps } from './controlProps.ts';
import styles from './Field.module.css';
import { chosen, left, typed } from './formState.ts';
import { formStore } from './formStore.ts';
import { machine } from './machine.ts';

/** A value was chosen, and its field is done with. */
export const choose = (name: HyperparameterName, value: Hyperparameters[HyperparameterName]): void =>
  formStore.update((form) => left(chosen(form, name, value), name, machine));

export function ChoiceControl({ name, form, id, noteId, state, spec }: ControlProps & { readonly spec: ChoiceSpec }) {
  return (
    <div className={styles.box} data-state={state}>
      <select
        id={id}
        className={styles.select}
        aria-describedby={noteId}
        value={form.values[name] as string}
        onChange={(event) => choose(name, event.currentTarget.value)}
      >
        {spec.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </div>
  );
}

export function EnvControl({ name, form, id, noteId, state }: ControlProps) {
  return (
    <div className={styles.box} data-state={state}>
      <select
        id={id}
        className={styles.select}
        aria-describedby={noteId}
        aria-invalid={state === 'error'}
        value={form.values[name] as string}
        onChange={(event) => choose(name, event.currentTarget.value)}
      >
        <option value="">the same</option>
        {envDefinitions.map(({ spec }) => (
          <option key={spec.id}>{spec.id}</option>
        ))}
      </select>
    </div>
  );
}

export function FlagControl({ name, form, id, noteId, state }: ControlProps) {
  const isOn = form.values[name] as boolean;
  return (
    <div className={styles.switch}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={noteId}
        aria-invalid={state === 'error'}
        checked={isOn}
        onChange={(event) => choose(name, event.currentTarget.checked)}
      />
      <span aria-hidden="true">{isOn ? 'on' : 'off'}</span>
    </div>
  );
}

export function TextControl({ name, form, id, noteId, state, spec }: ControlProps & { readonly spec: TextSpec }) {
  return (
    <div className={styles.box} data-state={state}>
      <input
        id={id}
        className={styles.input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={spec.placeholder}
        aria-describedby={noteId}
        aria-invalid={state === 'error'}
        value={form.values[name] as string}
        onChange={(event) => formStore.update((now) => chosen(now, name, event.currentTarget.value))}
        onBlur={() => formStore.update((now) => left(typed(now, name, now.values[name] as string), name, machine))}
      />
    </div>
  );
}
