/** From the words behind `npm run train --` to what is to be trained. */
import type { Machine } from '../config/derivedSizes.ts';
import { findProblems } from '../config/findProblems.ts';
import { defaultHyperparameters, type Hyperparameters, hyperparameterNames } from '../config/hyperparameters.ts';
import { parseHyperparameter, readConfiguration } from '../config/parse.ts';
import { hyperparametersOf, type PresetName, presetNames } from '../config/presets.ts';
import { similarName } from '../math/editDistance.ts';
import { UsageError } from './command.ts';
import { flagOf, parseFlags } from './flags.ts';
import { trainFlags } from './trainFlags.ts';

export interface TrainOrder {
  readonly hyperparameters: Hyperparameters;
  /** Folder for the files, or null for a new one. */
  readonly out: string | null;
  readonly isHeaded: boolean;
  readonly isJson: boolean;
}

/**
 * Defaults < preset < configuration file < flags. Throws one `UsageError` with every problem; returns null if help is asked for.
 * @param readText reads a file; throws if there is none
 */
export function readTrainArguments(
  parameters: readonly string[],
  machine: Machine,
  readText: (path: string) => string,
): TrainOrder | null {
  const { values, problems: flagProblems } = parseFlags(parameters, trainFlags);
  const problems = [...flagProblems];
  const isOn = (name: string): boolean => {
    const value = values[name] ?? 'false';
    if (value !== 'true' && value !== 'false') problems.push(`--${name} is true or false, not "${value}".`);
    return value === 'true';
  };
  if (isOn('help')) return null;
  const preset = readPreset(values.preset, problems);
  const configured = readConfigurationFile(values.config, preset, readText, problems);
  const hyperparameters = { ...configured, ...readHyperparameterFlags(values, problems) };
  const order = { hyperparameters, out: values.out ?? null, isHeaded: isOn('headed'), isJson: isOn('json') };
  if (values.out === '') problems.push('--out needs the name of a folder.');
  if (problems.length === 0) problems.push(...findProblems(hyperparameters, machine).map(({ message }) => message));
  if (problems.length > 0) throw new UsageError(problems, 'train');
  return order;
}

function readPreset(name: string | undefined, problems: string[]): Hyperparameters {
  if (name === undefined) return defaultHyperparameters;
  if ((presetNames as readonly string[]).includes(name)) return hyperparametersOf(name as PresetName);
  const meant = similarName(name, presetNames);
  const suggestion = meant ? `; did you mean ${meant}?` : '.';
  problems.push(`There is no preset "${name}"${suggestion} Presets: ${presetNames.join(', ')}.`);
  return defaultHyperparameters;
}

function readConfigurationFile(
  path: string | undefined,
  base: Hyperparameters,
  readText: (path: string) => string,
  problems: string[],
): Hyperparameters {
  if (path === undefined) return base;
  try {
    const { hyperparameters, problems: found } = readConfiguration(JSON.parse(readText(path)), base);
    problems.push(...found.map((problem) => `${path}: ${problem}`));
    return hyperparameters;
  } catch (error) {
    problems.push(`The configuration ${path} cannot be read: ${(error as Error).message}.`);
    return base;
  }
}

function readHyperparameterFlags(
  values: Readonly<Record<string, string>>,
  problems: string[],
): Partial<Hyperparameters> {
  const given = hyperparameterNames.filter((name) => values[flagOf(name)] !== undefined);
  const entries = given.map((name) => {
    const { value, problems: found } = parseHyperparameter(name, values[flagOf(name)]!);
    problems.push(...found.map(({ message }) => `--${flagOf(name)}: ${message}`));
    return [name, value];
  });
  return Object.fromEntries(entries) as Partial<Hyperparameters>;
}
