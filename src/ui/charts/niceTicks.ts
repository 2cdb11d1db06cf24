/** Axes that end on round numbers and stay put while data streams in. */
import type { Warp } from './scales.ts';

export interface NiceDomain {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly ticks: readonly number[];
  /** Where the axis is not linear. */
  readonly warp?: Warp;
}

/** The round number (1, 2 or 5 times a power of ten) that divides `span` into at most `maxTicks` parts. */
export function niceStep(span: number, maxTicks: number): number {
  const rough = span / maxTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fraction = rough / power;
  const slack = 1 + 1e-9; // A span that divides exactly must not lose to rounding.
  return power * (fraction <= slack ? 1 : fraction <= 2 * slack ? 2 : fraction <= 5 * slack ? 5 : 10);
}

/** Smaller spans cannot be divided without losing their digits, and are as good as none. */
const smallestSpan = 1e-290;

/** The smallest round domain that holds both ends. An empty or inverted range becomes one of width 1 around its start. */
export function niceDomain(low: number, high: number, maxTicks: number): NiceDomain {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return niceDomain(0, 1, maxTicks);
  if (!(high - low > Math.max(smallestSpan, Math.abs(high) * 1e-9))) {
    const room = Math.abs(low) < smallestSpan ? 0.5 : Math.abs(low) * 0.1;
    return niceDomain(low - room, low + room, maxTicks);
  }
  const step = niceStep(high - low, maxTicks);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step, step));
  return { from: ticks[0]!, to: ticks.at(-1)!, step, ticks };
}

/** 0.30000000000000004 → 0.3: what repeated addition of a round step leaves behind. */
function tidy(value: number, step: number): number {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(step)));
  return decimals > 20 ? value : Number(value.toFixed(decimals)) + 0; // + 0 turns −0 into 0.
}

/** Keeps `previous` while it holds the data and the data uses at least this share of it, so that a picture does not swim. */
const leastUse = 0.45;

export function settledDomain(previous: NiceDomain | null, low: number, high: number, maxTicks: number): NiceDomain {
  const next = niceDomain(low, high, maxTicks);
  if (!previous || !Number.isFinite(low) || !Number.isFinite(high)) return previous ?? next;
  const holds = low >= previous.from && high <= previous.to;
  const isUsed = next.to - next.from >= leastUse * (previous.to - previous.from);
  return holds && isUsed ? previous : next;
}

/** A time-like axis from 0: grows by whole ticks, ahead of the data, and never past `end`. */
export function growingDomain(previous: NiceDomain | null, reached: number, end: number, maxTicks: number): NiceDomain {
  if (previous && previous.to <= end && reached <= previous.to && reached >= 0.4 * previous.to) return previous;
  if (reached <= 0) return niceDomain(0, Number.isFinite(end) ? end / 10 : 1, maxTicks);
  const room = niceDomain(0, reached * 1.02, maxTicks);
  return room.to > end ? cutAt(end, room) : room;
}

function cutAt(end: number, domain: NiceDomain): NiceDomain {
  return { ...domain, to: end, ticks: domain.ticks.filter((tick) => tick <= end) };
}
