/** The form, made from the table of hyperparameters: a section for each group, advanced settings folded away. */
import type { Problem } from '../../config/findProblems.ts';
import {
  type Group,
  groups,
  type HyperparameterName,
  hyperparameterNames,
  specOf,
} from '../../config/hyperparameters.ts';
import { hyperparametersOf } from '../../config/presets.ts';
import { EncoderPanel } from './EncoderPanel.tsx';
import { Field } from './Field.tsx';
import { valueText } from './fieldHints.ts';
import type { FormState } from './formState.ts';
import styles from './HyperparameterForm.module.css';

/** Settings that have a place of their own: the list of environments, the name in the header, the editor of layers. */
const placedElsewhere: readonly HyperparameterName[] = ['env', 'tag', 'encoderLayers'];

/** A group of so few fields is not worth folding. */
const oneRow = 4;

interface Props {
  readonly form: FormState;
  readonly problems: readonly Problem[];
}

export function HyperparameterForm(props: Props) {
  return (Object.keys(groups) as Group[]).map((group) => <GroupOfFields key={group} group={group} {...props} />);
}

function GroupOfFields({ group, form, problems }: Props & { readonly group: Group }) {
  const names = hyperparameterNames.filter((name) => specOf(name).group === group && !placedElsewhere.includes(name));
  const isFolded = (name: HyperparameterName) => names.length > oneRow && specOf(name).level === 'advanced';
  const basic = names.filter((name) => !isFolded(name));
  const advanced = names.filter(isFolded);
  const field = (name: HyperparameterName) => <Field key={name} name={name} form={form} problems={problems} />;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.title}>{groups[group]}</legend>
      <div className={styles.grid}>{basic.map(field)}</div>
      {group === 'network' && <EncoderPanel form={form} problems={problems} />}
      {advanced.length > 0 && (
        <details className={styles.advanced} open={advanced.some((name) => isWrong(name, problems)) || undefined}>
          <summary>
            <b>{advanced.length} more</b> <span>{summaryOf(advanced, form)}</span>
          </summary>
          <div className={styles.grid}>{advanced.map(field)}</div>
        </details>
      )}
    </fieldset>
  );
}

const isWrong = (name: HyperparameterName, problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.names[0] === name);

/** A closed section tells what is in it; what was changed comes first. */
function summaryOf(names: readonly HyperparameterName[], form: FormState): string {
  const preset = hyperparametersOf(form.preset);
  const isChanged = (name: HyperparameterName) => form.values[name] !== preset[name];
  const ordered = [...names.filter(isChanged), ...names.filter((name) => !isChanged(name))];
  return ordered
    .filter((name) => form.values[name] !== '')
    .map((name) => `${specOf(name).label} ${valueText(name, form.values)}`)
    .join(' · ');
}
