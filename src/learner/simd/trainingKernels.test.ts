import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../math/randomStream.ts';
import { allocateMemory } from '../../networks/simd/instantiate.ts';
import { kernelsIn, packedSize, transposedScratch } from './trainingKernels.ts';

/** Sizes around those of vectors, panels and chunks. */
const products = [
  [1, 1, 1],
  [3, 2, 3],
  [4, 4, 8],
  [5, 7, 9],
  [8, 64, 3],
  [13, 5, 12],
  [131, 6, 17],
  [260, 9, 4],
] as const;

/** What follows an array: a kernel must leave it alone. */
const guard = 12345;

class Memory {
  readonly #floats: Float32Array;
  readonly #random = new RandomStream(1, 'measurement');
  readonly kernels;
  #end = 1;

  constructor() {
    const memory = allocateMemory(4_000_000);
    this.#floats = new Float32Array(memory.buffer);
    this.kernels = kernelsIn(memory);
  }

  /** A new array, random or of these values, with a guard behind it. */
  array(length: number, values?: ArrayLike<number>): Float32Array {
    const array = this.#floats.subarray(this.#end, this.#end + length);
    if (values) array.set(values);
    else for (let i = 0; i < length; i++) array[i] = this.#random.normal();
    this.#floats[this.#end + length] = guard;
    this.#end += length + 1;
    return array;
  }

  /** Its address. */
  at(array: Float32Array): number {
    return array.byteOffset;
  }

  guardOf(array: Float32Array): number {
    return this.#floats[array.byteOffset / 4 + array.length]!;
  }
}

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 4);
}

const productOf = (x: Float32Array, w: Float32Array, rows: number, inner: number, columns: number): number[] =>
  Array.from({ length: rows * columns }, (_, at) => {
    const [r, o] = [Math.floor(at / columns), at % columns];
    let total = 0;
    for (let i = 0; i < inner; i++) total += x[r * inner + i]! * w[i * columns + o]!;
    return total;
  });

const transposedOf = (x: Float32Array, rows: number, columns: number): Float32Array =>
  Float32Array.from({ length: rows * columns }, (_, at) => x[(at % rows) * columns + Math.floor(at / rows)]!);

describe('Kernels of training', () => {
  it.each(products)('multiply matrices: %i × %i · %i', (rows, inner, columns) => {
    const memory = new Memory();
    const { kernels } = memory;
    const [x, w, bias] = [memory.array(rows * inner), memory.array(inner * columns), memory.array(columns)];
    const y = memory.array(rows * columns);
    const packed = memory.array(packedSize(inner, columns));
    kernels.pack(memory.at(w), inner, columns, memory.at(packed));
    kernels.product(memory.at(x), memory.at(packed), memory.at(bias), memory.at(y), rows, inner, columns);
    const plain = productOf(x, w, rows, inner, columns);
    expectClose(
      y,
      plain.map((value, at) => value + bias[at % columns]!),
    );

    const before = y.slice();
    kernels.packTransposed(
      memory.at(memory.array(w.length, transposedOf(w, inner, columns))),
      inner,
      columns,
      memory.at(packed),
    );
    kernels.product(memory.at(x), memory.at(packed), 0, memory.at(y), rows, inner, columns);
    expectClose(
      y,
      plain.map((value, at) => before[at]! + value),
    );
    for (const array of [x, w, y, packed]) expect(memory.guardOf(array)).toBe(guard);
  });

  it.each(products)('multiply a transposed matrix, and add columns up: %i × %i · %i', (rows, inner, columns) => {
    const memory = new Memory();
    const [x, z, y] = [memory.array(rows * inner), memory.array(rows * columns), memory.array(inner * columns)];
    const [sums, scratch] = [memory.array(columns), memory.array(transposedScratch(inner))];
    const before = y.slice();
    memory.kernels.transposedProduct(
      memory.at(x),
      memory.at(z),
      memory.at(y),
      rows,
      inner,
      columns,
      memory.at(scratch),
    );
    memory.kernels.columnSums(memory.at(z), rows, columns, memory.at(sums));
    const plain = productOf(transposedOf(x, rows, inner), z, inner, rows, columns);
    expectClose(
      y,
      plain.map((value, at) => before[at]! + value),
    );
    expectClose(sums, productOf(new Float32Array(rows).fill(1), z, 1, rows, columns));
    for (const array of [y, sums, scratch]) expect(memory.guardOf(array)).toBe(guard);
  });

  it.each([1, 2, 3, 4, 5, 11])('work element by element: %i elements', (count) => {
    const memory = new Memory();
    const { kernels } = memory;
    const [x, dy, y] = [memory.array(count), memory.array(count), memory.array(count)];
    const check = (call: (x: number, dy: number, y: number) => void, expected: (i: number) => number) => {
      call(memory.at(x), memory.at(dy), memory.at(y));
      expectClose(
        y,
        Array.from(y, (_, i) => expected(i)),
      );
      expect(memory.guardOf(y)).toBe(guard);
    };
    check(
      (x, _, y) => kernels.tangents(x, y, count),
      (i) => Math.tanh(x[i]!),
    );
    check(
      (x, _, y) => kernels.rectify(x, y, count),
      (i) => Math.max(0, x[i]!),
    );
    check(
      (x, dy, y) => kernels.slopeOfTanh(dy, x, y, count),
      (i) => dy[i]! * (1 - x[i]! * x[i]!),
    );
    check(
      (x, dy, y) => kernels.slopeOfRelu(dy, x, y, count),
      (i) => (x[i]! > 0 ? dy[i]! : 0),
    );
    check(
      (x, dy, y) => kernels.add(x, dy, y, count),
      (i) => x[i]! + dy[i]!,
    );
    check(
      (x, _, y) => kernels.copy(x, y, count),
      (i) => x[i]!,
    );
    check(
      (_, __, y) => kernels.clear(y, count),
      () => 0,
    );
  });

  it.each([
    [5, 4, 3, 3, 1, 1],
    [6, 6, 1, 3, 1, 0],
    [9, 7, 2, 4, 2, 0],
    [8, 8, 4, 3, 2, 1],
  ])(
    'take patches of an image %i × %i × %i, and add them back: kernel %i, stride %i, padding %i',
    (height, width, channels, kernel, stride, padding) => {
      const memory = new Memory();
      const sizeOf = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
      const [outHeight, outWidth] = [sizeOf(height), sizeOf(width)];
      const K = kernel * kernel * channels;
      const sizes = [height, width, channels, outHeight, outWidth, kernel, stride, padding] as const;
      const x = memory.array(height * width * channels);
      const patches = memory.array(outHeight * outWidth * K);
      /** For each element of the patches the pixel's place, or null outside. */
      const places = Array.from(patches, (_, at) => {
        const [position, element] = [Math.floor(at / K), at % K];
        const [c, k] = [element % channels, Math.floor(element / channels)];
        const iy = Math.floor(position / outWidth) * stride + Math.floor(k / kernel) - padding;
        const ix = (position % outWidth) * stride + (k % kernel) - padding;
        return iy >= 0 && iy < height && ix >= 0 && ix < width ? (iy * width + ix) * channels + c : null;
      });
      memory.kernels.patches(memory.at(x), ...sizes, memory.at(patches));
      expectClose(
        patches,
        places.map((place) => (place === null ? 0 : x[place]!)),
      );

      const [sums, gradients] = [memory.array(x.length, new Float32Array(x.length)), memory.array(patches.length)];
      memory.kernels.addPatches(memory.at(gradients), ...sizes, memory.at(sums));
      const expected = new Array<number>(x.length).fill(0);
      for (const [at, place] of places.entries()) if (place !== null) expected[place]! += gradients[at]!;
      expectClose(sums, expected);
      for (const array of [patches, sums]) expect(memory.guardOf(array)).toBe(guard);
    },
  );
});
