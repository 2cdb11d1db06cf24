/** Several runs from one form: the same settings with several seeds, or with several values of one setting. */

import type { Machine } from '../../config/derivedSizes.ts';
import { findProblems } from '../../config/findProblems.ts';
import { type HyperparameterName, type Hyperparameters, specOf } from '../../config/hyperparameters.ts';
import { parseHyperparameter } from '../../config/parse.ts';

const maxRuns = 100;

export interface Sweep {
  /** Empty where there is a problem. */
  readonly runs: readonly Hyperparameters[];
  /** What is wrong, as a sentence; empty if nothing is. */
  readonly problem: string;
}

/** `1–5` or `1-5` for whole numbers, and lists: `1e-4, 3e-4, 1e-3`. */
export function listValues(text: string): string[] {
  return text
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const range = /^(\d+)[-–](\d+)$/.exec(part);
      if (!range) return [part];
      const [from, to] = [Number(range[1]), Number(range[2])];
      const length = Math.min(maxRuns + 1, Math.max(0, to - from + 1));
      return Array.from({ length }, (_, i) => String(from + i));
    });
}

/** One run for each value of the text, however often it stands there. */
export function sweepOf(h: Hyperparameters, name: HyperparameterName, text: string, machine: Machine): Sweep {
  const values = listValues(text);
  const none = (problem: string): Sweep => ({ runs: [], problem });
  if (values.length === 0) return none(`Give values of ${specOf(name).label}, such as "1–5" or "1, 2, 4".`);
  if (values.length > maxRuns) return none(`These are more than ${maxRuns} runs; take fewer at once.`);
  const runs: Hyperparameters[] = [];
  for (const part of values) {
    const { value, problems } = parseHyperparameter(name, part);
    const run = { ...h, [name]: value, tag: tagOf(h, name, part) };
    const [problem] = problems.length > 0 ? problems : findProblems(run, machine);
    if (problem) return none(`${part}: ${problem.message}`);
    if (!runs.some((other) => other[name] === value)) runs.push(run);
  }
  return { runs, problem: '' };
}

/** So that the runs of a sweep can be told apart by their names. */
const tagOf = (h: Hyperparameters, name: HyperparameterName, value: string): string =>
  `${h.tag === 'default' ? h.env.replace(/-v\d+$/, '').toLowerCase() : h.tag}-${name}-${value}`;
