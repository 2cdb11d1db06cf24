/** One setting of the form: label, help, mark of change, control, and a line below that becomes the warning or the error. */
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../config/findProblems.ts';
import { flagOf, type HyperparameterName, type Hyperparameters, specOf } from '../../config/hyperparameters.ts';
import { hyperparametersOf } from '../../config/presets.ts';
import { Button } from '../components/Button.tsx';
import { Help } from '../components/Help.tsx';
import { AlgorithmControl } from './AlgorithmControl.tsx';
import { type ControlProps, type FieldNote, fieldId } from './controlProps.ts';
import { ChoiceControl, EnvControl, FlagControl, TextControl } from './controls.tsx';
import styles from './Field.module.css';
import { fixText, hintOf, valueText, warningOf } from './fieldHints.ts';
import { chosen, type FormState, left, reset } from './formState.ts';
import { formStore } from './formStore.ts';
import { InitialWeightsControl } from './InitialWeightsControl.tsx';
import { machine } from './machine.ts';
import { NumberControl } from './NumberControl.tsx';

interface Props {
  readonly name: HyperparameterName;
  readonly form: FormState;
  readonly problems: readonly Problem[];
}

export function Field({ name, form, problems }: Props) {
  const spec = specOf(name);
  const id = fieldId(name);
  const noteId = `${id}-note`;
  const note = noteOf(name, form, problems);
  const fixed = problems.find((problem) => problem.names[0] === name && problem.fix !== undefined);
  const isChanged = form.values[name] !== hyperparametersOf(form.preset)[name];
  const control = controlFor({ name, form, id, noteId, state: note.state });
  return (
    <div className={styles.field} data-changed={isChanged} data-wide={name === 'algorithm'}>
      <div className={styles.head}>
        <label id={`${id}-label`} className={styles.label} htmlFor={id}>
          {spec.label}
        </label>
        <Help about={spec.label}>
          <p>{spec.doc}</p>
          <p>
            {spec.kind === 'number' && spec.automatic && `Automatic: ${spec.automatic}. `}
            On the command line: <code>--{flagOf(name)}</code>
          </p>
        </Help>
        {isChanged && <ResetButton name={name} preset={form.preset} />}
      </div>
      {control}
      <p id={noteId} className={styles.note} data-state={note.state}>
        {note.text}
      </p>
      {fixed && <FixButton name={name} value={fixed.fix!} />}
    </div>
  );
}

function ResetButton({ name, preset }: { name: HyperparameterName; preset: FormState['preset'] }) {
  const before = valueText(name, hyperparametersOf(preset));
  return (
    <button
      type="button"
      className={styles.reset}
      aria-label={`Reset ${specOf(name).label} to ${before}`}
      onClick={() => formStore.update((form) => reset(form, name))}
    >
      {before.length <= 12 && before}
      <Undo2 size={12} aria-hidden="true" />
    </button>
  );
}

/** Takes the value that an error offers, and goes back to the field. */
function FixButton({ name, value }: { name: HyperparameterName; value: Hyperparameters[HyperparameterName] }) {
  const text = fixText(name, value);
  return (
    <Button
      className={styles.fix}
      aria-label={`${text} for ${specOf(name).label}`}
      onClick={() => {
        formStore.update((form) => left(chosen(form, name, value), name, machine));
        document.getElementById(fieldId(name))?.focus();
      }}
    >
      {text}
    </Button>
  );
}

function noteOf(name: HyperparameterName, form: FormState, problems: readonly Problem[]): FieldNote {
  const mine = problems.filter((problem) => problem.names[0] === name);
  if (mine.length > 0) return { state: 'error', text: mine.map((problem) => problem.message).join(' ') };
  const spec = specOf(name);
  const isReadable = form.unreadable[name] === undefined;
  const warning = spec.kind === 'number' && isReadable ? warningOf(spec, form.values[name] as number) : null;
  return warning ? { state: 'warning', text: warning } : { state: 'fine', text: hintOf(name, form.values) };
}

function controlFor(props: ControlProps): ReactNode {
  const spec = specOf(props.name);
  switch (spec.kind) {
    case 'number':
      return <NumberControl {...props} spec={spec} />;
    case 'choice':
      if (props.name === 'algorithm') return <AlgorithmControl {...props} />;
      return <ChoiceControl {...props} spec={spec} />;
    case 'flag':
      return <FlagControl {...props} />;
    case 'text':
      if (props.name === 'initModelPath') return <InitialWeightsControl {...props} spec={spec} />;
      if (props.name === 'evalEnv') return <EnvControl {...props} />;
      return <TextControl {...props} spec={spec} />;
  }
}
