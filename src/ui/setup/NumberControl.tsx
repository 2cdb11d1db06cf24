/** A number of the form, and a slider below it where one helps. */
import type { CSSProperties } from 'react';
import { resolveAutomatic } from '../../config/derivedSizes.ts';
import type { HyperparameterName, NumberSpec } from '../../config/hyperparameters.ts';
import { formatNumber } from '../../config/parse.ts';
import type { ControlProps } from './controlProps.ts';
import styles from './Field.module.css';
import { chosen, left, typed } from './formState.ts';
import { formStore } from './formStore.ts';
import { machine } from './machine.ts';
import { NumberField } from './NumberField.tsx';
import { nearestPosition, sliderValues } from './sliderScale.ts';

export function NumberControl({ name, form, spec, ...rest }: ControlProps & { readonly spec: NumberSpec }) {
  const value = form.values[name] as number;
  return (
    <>
      <NumberField
        {...rest}
        spec={spec}
        value={value}
        unreadable={form.unreadable[name]}
        unit={unitText(name, spec, form.values)}
        onType={(text) => formStore.update((now) => typed(now, name, text))}
        onStep={(next) => formStore.update((now) => chosen(now, name, next))}
        onLeave={() => formStore.update((now) => left(now, name, machine))}
      />
      <Slider name={name} spec={spec} value={value} />
    </>
  );
}

function unitText(name: HyperparameterName, spec: NumberSpec, values: ControlProps['form']['values']): string {
  if (!spec.automatic || values[name] !== 0) return spec.unit;
  const value = resolveAutomatic(values, machine)[name] as number;
  return `= ${formatNumber(value)} ${value === 1 ? spec.unit.replace(/s$/, '') : spec.unit}`;
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
