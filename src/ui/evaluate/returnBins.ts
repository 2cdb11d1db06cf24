/** Returns of one or two policies in bins they share. */
import { niceDomain } from '../charts/niceTicks.ts';

export interface ReturnBins {
  /** One more than there are bins, ascending. */
  readonly edges: readonly number[];
  /** [policies][bins] */
  readonly counts: readonly (readonly number[])[];
}

/** Bins with round edges that hold every return; the last one holds its upper edge too. */
export function binReturns(returns: readonly (readonly number[])[], maxBins: number): ReturnBins {
  const all = returns.flat();
  const { ticks } = niceDomain(
    all.reduce((a, b) => Math.min(a, b)),
    all.reduce((a, b) => Math.max(a, b)),
    maxBins,
  );
  const counts = returns.map((values) => {
    const ofPolicy = new Array<number>(ticks.length - 1).fill(0);
    for (const value of values) ofPolicy[binOf(ticks, value)]! += 1;
    return ofPolicy;
  });
  return { edges: ticks, counts };
}

/** Index of the bin a return falls into. */
export function binOf(edges: readonly number[], value: number): number {
  const numBins = edges.length - 1;
  const step = (edges[numBins]! - edges[0]!) / numBins;
  return Math.min(numBins - 1, Math.max(0, Math.floor((value - edges[0]!) / step + 1e-9)));
}
