/**
 * Axes by orders of magnitude: logarithmic where values are positive; where some are negative, symmetric about 0, as matplotlib's
 * "symlog" is, but smooth.
 */
import { tickLabel } from '../format.ts';
import type { NiceDomain } from './niceTicks.ts';

/** Orders of magnitude that a symmetric axis shows on a side before it becomes linear. */
const symmetricDecades = 3;
const mostTicks = 6;

const decade = (value: number): number => Math.floor(Math.log10(value) + 1e-9);
const tidy = (value: number): number => Number(value.toPrecision(12));

/** The number of 1, 2, 5 times a power of ten next to a positive one, on the side away from 0 or towards it. */
function roundOutwards(value: number): number {
  const power = 10 ** decade(value);
  return tidy(power * ([1, 2, 5, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10));
}

function roundInwards(value: number): number {
  const power = 10 ** decade(value);
  return tidy(power * ([5, 2, 1].find((step) => step * power <= value * (1 + 1e-9)) ?? 1));
}

/**
 * @param low  smallest value to show
 * @param lowestPositive  smallest of those above 0: an axis that has no negative values begins there, since it never reaches 0
 */
export function logDomain(
  previous: NiceDomain | null,
  low: number,
  lowestPositive: number,
  high: number,
): NiceDomain | null {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return previous;
  if (low < 0) return kept(previous, symmetricDomain(low, high));
  if (!(high > 0 && Number.isFinite(lowestPositive))) return null;
  const from = roundInwards(lowestPositive);
  return kept(previous, positiveDomain(from, Math.max(roundOutwards(high), tidy(from * 2))));
}

/** The same object while it is the same axis, so that nothing is laid out anew. */
const kept = (previous: NiceDomain | null, next: NiceDomain): NiceDomain =>
  previous?.warp && previous.from === next.from && previous.to === next.to && Object.is(previous.step, next.step)
    ? previous
    : next;

function positiveDomain(from: number, to: number): NiceDomain {
  const lowest = from / 10; // Values of 0 lie below the plot, not at minus infinity.
  const [first, last] = [decade(from), Math.ceil(Math.log10(to) - 1e-9)];
  const mantissas = last - first <= 2 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil((last - first) / mostTicks));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += stride) {
    for (const mantissa of mantissas) {
      const tick = tidy(mantissa * 10 ** power);
      if (tick >= from && tick <= to) ticks.push(tick);
    }
  }
  return { from, to, step: Number.NaN, ticks, warp: (value) => Math.log10(Math.max(value, lowest)) };
}

function symmetricDomain(low: number, high: number): NiceDomain {
  const from = -roundOutwards(-low);
  const to = high > 0 ? roundOutwards(high) : 0;
  const last = decade(Math.max(-from, to));
  const linear = 10 ** (last - symmetricDecades + 1);
  const powers = Array.from({ length: symmetricDecades - 1 }, (_, i) => tidy(10 ** (last - i)));
  const ticks = [...powers.map((power) => -power), 0, ...powers.toReversed()].filter((t) => t >= from && t <= to);
  return {
    from,
    to,
    step: linear,
    ticks,
    warp: (value) => Math.sign(value) * Math.log10(1 + Math.abs(value) / linear),
  };
}

/** A tick of any axis as people read it. */
export const tickText = ({ step, warp }: NiceDomain, tick: number): string =>
  tickLabel(tick, warp ? Math.abs(tick) : step);
