/** The positions of the slider below a number: round values, evenly spread on the setting's own scale. */
import type { NumberSpec } from '../../config/hyperparameters.ts';

const mantissas = [1, 1.5, 2, 3, 4, 5, 6, 8];

/** The values a slider stops at, or null where one would not help: no scale, or a range nobody can aim in. */
export function sliderValues(spec: NumberSpec): readonly number[] | null {
  if (spec.scale === 'log') return logValues(spec);
  const [low, high] = spec.typical ?? [spec.min, spec.max];
  if (spec.integer) return high - low > 256 ? null : Array.from({ length: high - low + 1 }, (_, i) => low + i);
  if (spec.typical || high > 1) return steps(low, high);
  return null; // A decay such as 0.99999: its whole range lies in the last hundredth.
}

function steps(low: number, high: number): number[] {
  const step = 10 ** Math.round(Math.log10((high - low) / 200));
  const between = Array.from({ length: Math.floor((high - low) / step) }, (_, i) =>
    Number((low + i * step).toPrecision(6)),
  );
  return [...between, high];
}

function logValues(spec: NumberSpec): number[] {
  const around = spec.default || spec.typical?.[1] || 1;
  const low = Math.max(spec.min, (spec.typical?.[0] || around / 100) / 10, spec.integer ? 1 : 0);
  const high = Math.min(spec.max, (spec.typical?.[1] ?? around * 10) * 10);
  const values = spec.min === 0 ? [0] : [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    for (const mantissa of mantissas) {
      const value = Number((mantissa * 10 ** power).toPrecision(3));
      if (value >= low && value <= high && !(spec.integer && !Number.isInteger(value))) values.push(value);
    }
  }
  return values;
}

/** The position nearest to a value; on a log scale near means a like factor. */
export function nearestPosition(values: readonly number[], value: number, scale: 'linear' | 'log'): number {
  const place = (x: number) => (scale === 'log' ? Math.log(Math.max(x, 1e-300)) : x);
  const distance = (x: number) =>
    x === value ? -1 : x === 0 || value === 0 ? Number.MAX_VALUE : Math.abs(place(x) - place(value));
  return values.reduce((best, x, i) => (distance(x) < distance(values[best]!) ? i : best), 0);
}

const oneTwoFive = [1, 2, 5, 10];

/**
 * Where an arrow key leads from a value: on a log scale through 1, 2, 5, 10, 20 …, on a linear one by one step.
 * @param factor  10 with Shift, 1/10 with Alt
 */
export function steppedValue(spec: NumberSpec, value: number, direction: 1 | -1, factor = 1): number {
  const next =
    spec.scale === 'log' ? steppedLog(spec, value, direction, factor) : value + direction * linearStep(spec) * factor;
  const rounded = spec.integer ? Math.round(next) : Number(next.toPrecision(12));
  const moved = spec.integer && rounded === value ? value + direction : rounded;
  return Math.min(spec.max, Math.max(spec.min, moved));
}

const linearStep = (spec: NumberSpec): number => (spec.integer ? 1 : spec.max <= 1 ? 0.01 : 0.1);

function steppedLog(spec: NumberSpec, value: number, direction: 1 | -1, factor: number): number {
  if (value < 1e-300) return direction > 0 ? (spec.integer ? 1 : (spec.typical?.[1] ?? 1) / 1000) : 0;
  if (factor > 1) return direction > 0 ? value * factor : value / factor;
  if (factor < 1) return value * (1 + direction * factor);
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const mantissa = value / power;
  const slack = 1e-6;
  if (direction > 0) return power * oneTwoFive.find((m) => m > mantissa + slack)!;
  const lower = [0.5, 1, 2, 5].findLast((m) => m < mantissa - slack)!;
  return power * lower;
}
