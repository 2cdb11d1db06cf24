/** A configuration as text, for the address bar and for storage: the preset, and only what differs from it. */
import { findProblemWithValue } from '../../config/findProblems.ts';
import type { HyperparameterName } from '../../config/hyperparameters.ts';
import { isHyperparameter, parseHyperparameter } from '../../config/parse.ts';
import { type PresetName, presetNames } from '../../config/presets.ts';
import { changedNames, chosen, type FormState, initialForm, withPreset } from './formState.ts';

const isPreset = (name: string | null): name is PresetName =>
  (presetNames as readonly (string | null)[]).includes(name);

/** `preset=cartpole&lr=0.003&numSteps=40` */
export function formToQuery(form: FormState): string {
  const query = new URLSearchParams({ preset: form.preset });
  for (const name of changedNames(form)) query.set(name, String(form.values[name]));
  return query.toString();
}

/** Reads what `formToQuery` wrote, or what a person wrote by hand. What cannot be read is left as the preset has it. */
export function queryToForm(query: string): { form: FormState; ignored: string[] } {
  const entries = new URLSearchParams(query);
  const preset = entries.get('preset');
  const ignored: string[] = [];
  let form = isPreset(preset) ? withPreset(preset) : initialForm;
  for (const [name, text] of entries) {
    if (name === 'preset') {
      if (!isPreset(text)) ignored.push(`There is no preset "${text}".`);
    } else if (isHyperparameter(name)) form = take(form, name, text, ignored);
    else ignored.push(`"${name}" is not a hyperparameter.`);
  }
  return { form, ignored };
}

function take(form: FormState, name: HyperparameterName, text: string, ignored: string[]): FormState {
  const { value } = parseHyperparameter(name, text);
  const problems = findProblemWithValue(name, value);
  ignored.push(...problems.map((problem) => problem.message));
  return problems.length > 0 ? form : chosen(form, name, value);
}
