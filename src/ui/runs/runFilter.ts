/**
 * The filter of the runs: words that name or note must hold, and conditions such as `env:lunar`, `state:done`, `lr>1e-4`,
 * `best>=200`. All of them must be met; a minus in front turns one around.
 */
import { type HyperparameterName, hyperparameterNames } from '../../config/hyperparameters.ts';
import { parseNumber } from '../../config/parse.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { bestEvaluation } from './runFacts.ts';
import { statusLook } from './statusLook.ts';

export type Condition = (run: StoredRun) => boolean;

const facts: Readonly<Record<string, (run: StoredRun) => string | number>> = {
  name: (run) => run.name,
  note: (run) => run.note,
  state: (run) => statusLook[run.status].word,
  algorithm: (run) => run.algorithm,
  best: (run) => bestEvaluation(run)?.iqm ?? Number.NaN,
  frames: (run) => run.frames,
  seconds: (run) => run.seconds,
  episodes: (run) => run.numEpisodes,
};

/** What can stand before `:` or `>`, whatever its case. */
function factNamed(name: string): ((run: StoredRun) => string | number | boolean) | null {
  const key = name.toLowerCase();
  const fact = Object.hasOwn(facts, key) ? facts[key] : undefined;
  if (fact) return fact;
  const setting = hyperparameterNames.find((one) => one.toLowerCase() === key) as HyperparameterName | undefined;
  return setting ? (run) => run.hyperparameters[setting] : null;
}

export interface Filter {
  readonly accepts: Condition;
  /** A sentence for each part that means nothing. */
  readonly problems: readonly string[];
}

export function parseFilter(text: string): Filter {
  const problems: string[] = [];
  const conditions = text
    .split(/\s+/)
    .filter((part) => part !== '' && part !== '-')
    .map((part) => {
      const isTurned = part.startsWith('-');
      const condition = parseCondition(isTurned ? part.slice(1) : part, problems);
      return isTurned ? (run: StoredRun) => !condition(run) : condition;
    });
  return { accepts: (run) => conditions.every((condition) => condition(run)), problems };
}

function parseCondition(part: string, problems: string[]): Condition {
  const match = /^([a-z]\w*)(>=|<=|!=|[:=<>])(.*)$/i.exec(part);
  if (!match) return (run) => holds(`${run.name} ${run.note} ${run.hyperparameters.env}`, part);
  const [, name = '', sign = '', wanted = ''] = match;
  const fact = factNamed(name);
  if (!fact) {
    problems.push(`Runs have no "${name}".`);
    return () => true;
  }
  if (wanted === '') return () => true; // Somebody is still typing.
  const number = parseNumber(wanted);
  if (/[<>]/.test(sign) && Number.isNaN(number)) {
    problems.push(`"${wanted}" is not a number to compare ${name} with.`);
    return () => true;
  }
  return (run) => compares(fact(run), sign, wanted, number);
}

function compares(value: string | number | boolean, sign: string, wanted: string, number: number): boolean {
  switch (sign) {
    case '>':
      return Number(value) > number;
    case '>=':
      return Number(value) >= number;
    case '<':
      return Number(value) < number;
    case '<=':
      return Number(value) <= number;
    case '=':
      return equals(value, wanted, number);
    case '!=':
      return !equals(value, wanted, number);
    default:
      return typeof value === 'string' ? holds(value, wanted) : equals(value, wanted, number);
  }
}

const equals = (value: string | number | boolean, wanted: string, number: number): boolean =>
  typeof value === 'number' ? value === number : String(value).toLowerCase() === wanted.toLowerCase();

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
