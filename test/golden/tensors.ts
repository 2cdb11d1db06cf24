/** How recordings write tensors: flat, row-major, with all digits. */

export interface RecordedTensor {
  readonly shape: readonly number[];
  readonly data: readonly (number | 'Infinity' | '-Infinity')[];
}

export const numbersOf = (tensor: RecordedTensor): number[] => tensor.data.map(Number);

export const float32Of = (tensor: RecordedTensor): Float32Array<ArrayBuffer> => Float32Array.from(numbersOf(tensor));

/** Largest |actual − expected|, relative to 1 + the largest magnitude expected. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new Error(`${actual.length} numbers, but ${expected.length} were recorded.`);
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst / (1 + largest);
}

/** A threshold that is null in a recording clips nothing. */
export const thresholdOf = (value: number | null): number => value ?? 3.4e38;
