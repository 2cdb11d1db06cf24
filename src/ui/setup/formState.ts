/**
 * What the form holds, and how it changes. Values are always valid one by one; text that is none is kept beside them, as it was
 * typed. A problem is shown once its field was left, or Start was tried; while somebody types it can only go away.
 */
import type { Machine } from '../../config/derivedSizes.ts';
import { findProblems, type Problem } from '../../config/findProblems.ts';
import { type HyperparameterName, type Hyperparameters, hyperparameterNames } from '../../config/hyperparameters.ts';
import { differences, parseHyperparameter } from '../../config/parse.ts';
import { hyperparametersOf, type PresetName, presetNames } from '../../config/presets.ts';

export interface FormState {
  readonly preset: PresetName;
  readonly values: Hyperparameters;
  /** What was typed where it is no valid value. */
  readonly unreadable: Readonly<Partial<Record<HyperparameterName, string>>>;
  /** The problems a person may see now. */
  readonly shown: readonly string[];
}

export const withPreset = (preset: PresetName): FormState => ({
  preset,
  values: hyperparametersOf(preset),
  unreadable: {},
  shown: [],
});

export const initialForm: FormState = withPreset('cartpole');

/** Every problem, shown or not. */
export function problemsOf(form: FormState, machine: Machine): Problem[] {
  const unreadable = hyperparameterNames.flatMap((name) => {
    const text = form.unreadable[name];
    return text === undefined ? [] : parseHyperparameter(name, text).problems;
  });
  return [...unreadable, ...findProblems(form.values, machine)];
}

/** Messages hold numbers that change with each key, so a problem is known by the settings it is about. */
const keyOf = (problem: Problem): string => problem.names.join(' ');

export const shownProblems = (form: FormState, machine: Machine): Problem[] =>
  problemsOf(form, machine).filter((problem) => form.shown.includes(keyOf(problem)));

/** Text was typed into a field. */
export function typed(form: FormState, name: HyperparameterName, text: string): FormState {
  const { value, problems } = parseHyperparameter(name, text);
  if (problems.length > 0) return { ...form, unreadable: { ...form.unreadable, [name]: text } };
  return chosen(form, name, value);
}

/** A value was chosen that needs no reading. */
export function chosen<Name extends HyperparameterName>(
  form: FormState,
  name: Name,
  value: Hyperparameters[Name],
): FormState {
  const { [name]: _, ...unreadable } = form.unreadable;
  return { ...form, values: { ...form.values, [name]: value }, unreadable };
}

/** A field was left, or Start was tried: everything wrong is shown. */
export const revealed = (form: FormState, machine: Machine): FormState => ({
  ...form,
  shown: problemsOf(form, machine).map(keyOf),
});

/** A field was left: its own problems are shown, and those of settings that play together with it. */
export function left(form: FormState, name: HyperparameterName, machine: Machine): FormState {
  const problems = problemsOf(form, machine);
  const shown = problems.filter((problem) => problem.names.includes(name) || form.shown.includes(keyOf(problem)));
  return { ...form, shown: shown.map(keyOf) };
}

/** Back to the value of the preset. */
export const reset = (form: FormState, name: HyperparameterName): FormState =>
  chosen(form, name, hyperparametersOf(form.preset)[name]);

/** Another environment: its own preset where nothing was changed yet, else the settings as they are. */
export function withEnv(form: FormState, env: string): FormState {
  const itsPreset = presetNames.find((name) => hyperparametersOf(name).env === env);
  return itsPreset && changedNames(form).length === 0 && form.values.env !== env
    ? withPreset(itsPreset)
    : chosen(form, 'env', env);
}

/** Settings that differ from the preset. */
export const changedNames = (form: FormState): HyperparameterName[] =>
  differences(form.values, hyperparametersOf(form.preset));
