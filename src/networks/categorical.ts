/** The categorical distribution over the actions of a Discrete space, on logits in a shared array. Allocates nothing. */

/** An action drawn with one uniform number in [0, 1): inverse of the cumulated softmax. */
export function sampleCategorical(logits: Float32Array, at: number, numActions: number, uniform: number): number {
  const largest = largestOf(logits, at, numActions);
  let total = 0;
  for (let a = 0; a < numActions; a++) total += Math.exp(logits[at + a]! - largest);
  let remaining = uniform * total;
  for (let a = 0; a < numActions - 1; a++) {
    remaining -= Math.exp(logits[at + a]! - largest);
    if (remaining < 0) return a;
  }
  return numActions - 1;
}

/** The most probable action; the first of equals. */
export function modeOfCategorical(logits: Float32Array, at: number, numActions: number): number {
  let best = 0;
  for (let a = 1; a < numActions; a++) if (logits[at + a]! > logits[at + best]!) best = a;
  return best;
}

/** Writes the probabilities into `out`. */
export function probabilitiesOf(logits: Float32Array, at: number, numActions: number, out: Float64Array): void {
  const largest = largestOf(logits, at, numActions);
  let total = 0;
  for (let a = 0; a < numActions; a++) {
    const weight = Math.exp(logits[at + a]! - largest);
    out[a] = weight;
    total += weight;
  }
  for (let a = 0; a < numActions; a++) out[a]! /= total;
}

function largestOf(logits: Float32Array, at: number, numActions: number): number {
  let largest = logits[at]!;
  for (let a = 1; a < numActions; a++) if (logits[at + a]! > largest) largest = logits[at + a]!;
  return largest;
}
