import type { HyperparameterName, Hyperparameters } from '../../config/hyperparameters.ts';
import { specOf } from '../../config/hyperparameters.ts';
import { formatNumber } from '../../config/parse.ts';

/** A setting in a cell. */
export function settingText(name: HyperparameterName, h: Hyperparameters): string {
  const [spec, value] = [specOf(name), h[name]];
  if (spec.kind === 'number' && spec.automatic && value === 0) return 'auto';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === '' ? '–' : value;
}
