/** How often returns of about each size occurred. */
import { niceDomain } from '../charts/niceTicks.ts';

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Bins with round edges that hold every value; the last one holds its upper edge too. */
export function histogramOf(values: readonly number[], maxBins: number): Bin[] {
  const { ticks, step } = niceDomain(Math.min(...values), Math.max(...values), maxBins);
  const counts = new Array<number>(ticks.length - 1).fill(0);
  for (const value of values) {
    const bin = Math.min(counts.length - 1, Math.floor((value - ticks[0]!) / step + 1e-9));
    counts[bin]! += 1;
  }
  return counts.map((count, i) => ({ from: ticks[i]!, to: ticks[i + 1]!, count }));
}
