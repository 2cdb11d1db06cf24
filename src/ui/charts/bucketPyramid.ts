/**
 * Minimum, maximum and mean of any range of a growing column, in logarithmic time: sums over blocks of 8, 8², 8³ … values.
 * A chart asks for as many buckets as it has pixels, so ten million points cost what four hundred do, and no extreme is lost.
 */
import type { Column } from '../../trainer/run.ts';

/** Values in one block of a level, as a power of two: 2³. */
const shift = 3;
const blockSize = 1 << shift;

export interface Summary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Values that are numbers; NaN is skipped. */
  readonly count: number;
}

/** Complete blocks of one size. */
class Level {
  min = new Float64Array(64);
  max = new Float64Array(64);
  sum = new Float64Array(64);
  count = new Float64Array(64);
  length = 0;

  push(min: number, max: number, sum: number, count: number): void {
    if (this.length === this.min.length) {
      this.min = doubled(this.min);
      this.max = doubled(this.max);
      this.sum = doubled(this.sum);
      this.count = doubled(this.count);
    }
    this.min[this.length] = min;
    this.max[this.length] = max;
    this.sum[this.length] = sum;
    this.count[this.length] = count;
    this.length++;
  }
}

const doubled = (array: Float64Array): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
};

export class BucketPyramid {
  #values: Float64Array = new Float64Array(0);
  #length = 0;
  readonly #levels: Level[] = [];
  // The summary under way. Kept in fields so that a query allocates one object, its result.
  #min = 0;
  #max = 0;
  #sum = 0;
  #count = 0;

  get length(): number {
    return this.#length;
  }

  valueAt(index: number): number {
    return this.#values[index]!;
  }

  /** Takes in what was appended to the column since the last call. What it has seen must not have changed. */
  sync(column: Column): void {
    this.#values = column.values;
    this.#length = column.length;
    for (let level = 0; this.#extend(level); level++);
  }

  /** Completes the blocks of one level; false when there was nothing to do. */
  #extend(index: number): boolean {
    const below = index === 0 ? this.#length : this.#levels[index - 1]!.length;
    const complete = below >> shift;
    const level = this.#levels[index];
    if (complete === (level?.length ?? 0)) return false;
    const target = level ?? new Level();
    if (!level) this.#levels.push(target);
    while (target.length < complete) {
      this.#begin();
      for (let i = target.length << shift, end = i + blockSize; i < end; i++) this.#addBlock(index, i);
      target.push(this.#min, this.#max, this.#sum, this.#count);
    }
    return true;
  }

  /** Summarises the values with from ≤ index < to. */
  summarize(from: number, to: number): Summary {
    this.#begin();
    this.#addRange(Math.max(0, from), Math.min(this.#length, to));
    return { min: this.#min, max: this.#max, mean: this.#sum / this.#count, count: this.#count };
  }

  #begin(): void {
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
    this.#sum = 0;
    this.#count = 0;
  }

  /** Walks up while blocks fit whole, and down again at the end. */
  #addRange(from: number, to: number): void {
    let at = from;
    while (at < to) {
      let level = 0;
      let size = 1;
      while (at % (size << shift) === 0 && at + (size << shift) <= to && this.#holds(level, at, size << shift)) {
        level++;
        size <<= shift;
      }
      this.#addBlock(level, at / size);
      at += size;
    }
  }

  #holds(level: number, at: number, size: number): boolean {
    const next = this.#levels[level];
    return next !== undefined && at / size < next.length;
  }

  /** Adds block `index` of the blocks of 8^level values; level 0 are the values themselves. */
  #addBlock(level: number, index: number): void {
    if (level === 0) {
      const value = this.#values[index]!;
      if (Number.isNaN(value)) return;
      this.#min = Math.min(this.#min, value);
      this.#max = Math.max(this.#max, value);
      this.#sum += value;
      this.#count++;
      return;
    }
    const blocks = this.#levels[level - 1]!;
    this.#min = Math.min(this.#min, blocks.min[index]!);
    this.#max = Math.max(this.#max, blocks.max[index]!);
    this.#sum += blocks.sum[index]!;
    this.#count += blocks.count[index]!;
  }
}

/** The first index whose x is at least `x`; `xs` never falls. */
export function firstAtLeast(xs: ArrayLike<number>, length: number, x: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Bucket {
  readonly x: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Values in it. */
  readonly count: number;
}

/**
 * The series between two x in at most `count` buckets of equal width, and its neighbours outside so that a line reaches the
 * edge. Where the points are fewer than the buckets, each is its own.
 */
export function bucketsBetween(
  pyramid: BucketPyramid,
  xs: ArrayLike<number>,
  xFrom: number,
  xTo: number,
  count: number,
): Bucket[] {
  const first = Math.max(0, firstAtLeast(xs, pyramid.length, xFrom) - 1);
  const last = Math.min(pyramid.length, firstAtLeast(xs, pyramid.length, xTo) + 1);
  const buckets: Bucket[] = [];
  const add = (from: number, to: number) => {
    const { min, max, mean, count: numbers } = pyramid.summarize(from, to);
    if (numbers > 0) buckets.push({ x: (xs[from]! + xs[to - 1]!) / 2, min, max, mean, count: numbers });
  };
  if (last - first <= count) {
    for (let i = first; i < last; i++) add(i, i + 1);
    return buckets;
  }
  const width = (xTo - xFrom) / count;
  for (let from = first; from < last; ) {
    const bucket = Math.floor((xs[from]! - xFrom) / width);
    const to = Math.min(last, Math.max(from + 1, firstAtLeast(xs, last, xFrom + (bucket + 1) * width)));
    add(from, to);
    from = to;
  }
  return buckets;
}
