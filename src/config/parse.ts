/** From what people type, in a form, on a command line or in a file, to hyperparameters, and back. */
import { similarName } from '../math/editDistance.ts';
import { findProblemWithValue, type Problem } from './findProblems.ts';
import {
  defaultHyperparameters,
  type HyperparameterName,
  type Hyperparameters,
  hyperparameterNames,
  specOf,
} from './hyperparameters.ts';

const suffixes: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, G: 1e9, B: 1e9 };

/**
 * Reads a number as people write it: `3e-4`, `0.0003`, `3 000 000`, `3,000,000`, `3M`, `2^15`, `1/3`, `−1`.
 * @returns NaN for anything else: an unreadable number must never turn into a readable wrong one.
 */
export function parseNumber(text: string): number {
  const compact = text
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/(?<=\d)[\s\u202f\u00a0_](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const binary = /^(.+?)\s*([/^])\s*(.+)$/.exec(compact);
  if (binary) {
    const [left, right] = [parseDecimal(binary[1]!), parseDecimal(binary[3]!)];
    return binary[2] === '/' ? left / right : left ** right;
  }
  return parseDecimal(compact);
}

function parseDecimal(text: string): number {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([kKMGB]?)$/.exec(text.trim());
  if (!match) return Number.NaN;
  return Number(match[1]) * (suffixes[match[2]!] ?? 1);
}

/** The shortest text that `parseNumber` reads back as the same number, with thin spaces in long whole numbers. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) >= 1e4 && Math.abs(value) < 1e15) {
    return String(value)
      .replace(/\B(?=(\d{3})+$)/g, '\u202f')
      .replace('-', '\u2212');
  }
  return String(value).replace(/-/g, '\u2212');
}

/** Reads one setting from text. Problems hold the sentence to show beside it. */
export function parseHyperparameter(
  name: HyperparameterName,
  text: string,
): { value: Hyperparameters[HyperparameterName]; problems: Problem[] } {
  const value = parseValue(name, text);
  const problems =
    typeof value === 'number' && Number.isNaN(value)
      ? [{ names: [name] as const, message: `${specOf(name).label} (${name}) must be a number, not "${text}".` }]
      : findProblemWithValue(name, value);
  return { value, problems };
}

function parseValue(name: HyperparameterName, text: string): Hyperparameters[HyperparameterName] {
  const spec = specOf(name);
  switch (spec.kind) {
    case 'number':
      return spec.automatic && /^auto(matic)?$/i.test(text.trim()) ? 0 : parseNumber(text);
    case 'flag':
      return (text === 'true' ? true : text === 'false' ? false : text) as boolean; // Any other text is reported by findProblemWithValue.
    default:
      return text.trim() as Hyperparameters[HyperparameterName];
  }
}

/**
 * Reads a configuration from parsed JSON: an object that holds any of the hyperparameters; the rest keep `base`.
 * Unknown names and wrong values are all reported together.
 */
export function readConfiguration(
  json: unknown,
  base: Hyperparameters = defaultHyperparameters,
): { hyperparameters: Hyperparameters; problems: string[] } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { hyperparameters: base, problems: ['A configuration must be a JSON object of hyperparameters.'] };
  }
  const problems: string[] = [];
  const values: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(json)) {
    if (!isHyperparameter(name)) {
      const meant = similarName(name, hyperparameterNames);
      problems.push(`"${name}" is not a hyperparameter${meant ? `; did you mean "${meant}"?` : '.'}`);
      continue;
    }
    const found = findProblemWithValue(name, value);
    problems.push(...found.map((problem) => problem.message));
    if (found.length === 0) values[name] = value;
  }
  return { hyperparameters: values as unknown as Hyperparameters, problems };
}

export const isHyperparameter = (name: string): name is HyperparameterName =>
  (hyperparameterNames as readonly string[]).includes(name);

/** The settings in which two configurations differ. */
export const differences = (h: Hyperparameters, base: Hyperparameters): HyperparameterName[] =>
  hyperparameterNames.filter((name) => h[name] !== base[name]);
