/** A column of numbers as an SVG path that costs no more than its width in pixels, and hides no extreme. */

export interface TraceBox {
  readonly width: number;
  readonly height: number;
  /** Steps across the width. */
  readonly steps: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Step t is drawn from x(t) to x(t + 1). Where several steps share a pixel, it spans their lowest and highest.
 * @param values [T, stride], of which column `at` is drawn
 */
export function tracePath(values: ArrayLike<number>, at: number, stride: number, box: TraceBox): string {
  const length = Math.floor(values.length / stride);
  const { width, steps } = box;
  const valueAt = (t: number) => values[t * stride + at]!;
  const yOf = (value: number) => yIn(box, value).toFixed(1);
  const parts: string[] = [];
  if (steps <= width) {
    for (let t = 0; t < length; t++) {
      const [from, to] = [(t * width) / steps, ((t + 1) * width) / steps];
      parts.push(`${t === 0 ? 'M' : 'L'}${from.toFixed(1)} ${yOf(valueAt(t))}H${to.toFixed(1)}`);
    }
    return parts.join('');
  }
  for (let x = 0, t = 0; t < length; x++) {
    const end = Math.min(length, Math.max(t + 1, Math.floor(((x + 1) * steps) / width)));
    let [low, high] = [valueAt(t), valueAt(t)];
    for (; t < end; t++) {
      low = Math.min(low, valueAt(t));
      high = Math.max(high, valueAt(t));
    }
    parts.push(`${x === 0 ? 'M' : 'L'}${x} ${yOf(low)}V${yOf(high)}`);
  }
  return parts.join('');
}

/** The vertical place of a value, upwards, with room for half a line at both ends. */
export function yIn({ height, low, high }: TraceBox, value: number): number {
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return height - 1.5 - share * (height - 3);
}

/** Lowest and highest of several columns; 0 to 1 for none. */
export function rangeOf(columns: readonly ArrayLike<number>[]): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      low = Math.min(low, column[i]!);
      high = Math.max(high, column[i]!);
    }
  }
  return low <= high ? { low, high } : { low: 0, high: 1 };
}
