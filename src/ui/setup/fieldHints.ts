/** The line below a field: what its value comes to, where that says more than the help text. */
import { framesPerUpdate, numEnvs, resolveAutomatic } from '../../config/derivedSizes.ts';
import {
  type HyperparameterName,
  type Hyperparameters,
  type NumberSpec,
  specOf,
} from '../../config/hyperparameters.ts';
import { formatNumber } from '../../config/parse.ts';
import { count, whole } from '../format.ts';
import { machine } from './machine.ts';

/** What stands below the field while nothing is wrong: a consequence of the value, or the first sentence of the help. */
export function hintOf(name: HyperparameterName, h: Hyperparameters): string {
  switch (name) {
    case 'discount':
      return h.discount < 1 ? `Looks about ${whole(1 / (1 - h.discount))} steps ahead` : 'Every reward counts the same';
    case 'batchSize':
      return `${whole(framesPerUpdate(h))} env steps per update`;
    case 'numEnvsPerActor':
      return `${count(numEnvs(resolveAutomatic(h, machine)), 'environment')} in all`;
    case 'numActors':
      return `${count(machine.hardwareConcurrency, 'thread')} on this machine`;
    default:
      return firstSentence(specOf(name).doc);
  }
}

const firstSentence = (doc: string): string => /^.*?[.](?=\s|$)/.exec(doc)?.[0].slice(0, -1) ?? doc;

/** A value that is allowed but unusual, or nothing. */
export function warningOf(spec: NumberSpec, value: number): string | null {
  if (!spec.typical || (value >= spec.typical[0] && value <= spec.typical[1])) return null;
  const [low, high] = spec.typical;
  return `${value > high ? 'High' : 'Low'}; ${formatNumber(low)} to ${formatNumber(high)} is typical`;
}

/** The text of a number in its field. */
export const fieldText = (spec: NumberSpec, value: number): string =>
  spec.automatic && value === 0 ? 'automatic' : formatNumber(value);

/** What a button says that takes this value. */
export function fixText(name: HyperparameterName, value: Hyperparameters[HyperparameterName]): string {
  const spec = specOf(name);
  if (value === '') return 'Use the same';
  return `Use ${typeof value === 'number' && spec.kind === 'number' ? fieldText(spec, value) : value}`;
}

/** A value in a sentence: with what "automatic" stands for, and words for switches. */
export function valueText(name: HyperparameterName, h: Hyperparameters): string {
  const spec = specOf(name);
  const value = h[name];
  if (spec.kind === 'number' && spec.automatic && value === 0) {
    return `automatic (${formatNumber(resolveAutomatic(h, machine)[name] as number)})`;
  }
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === '' ? '–' : value;
}
