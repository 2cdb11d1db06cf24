/** Products of rows with a packed kernel: dense layers, convolutions, the gates of LSTMs. */
import { eight, four } from './elementary.as';

/**
 * Lays a kernel [groups, groupSize, outputs] out for `product`: panels of eight outputs, [panel, input, 8], and at last one of four if
 * no more are left. Inputs of each group are filled up to `paddedGroupSize`, outputs to a multiple of four, with zeros.
 */
export function pack(w: usize, groups: i32, groupSize: i32, paddedGroupSize: i32, outputs: i32, packed: usize): void {
  for (let o = 0; o < outputs; o += 8) {
    const width = min(8, (outputs - o + 3) & ~3);
    const taken = min(width, outputs - o);
    for (let g = 0; g < groups; g++) {
      for (let i = 0; i < paddedGroupSize; i++) {
        const from = w + ((<usize>((g * groupSize + i) * outputs + o)) << 2);
        if (i < groupSize && taken === 8) {
          v128.store(packed, v128.load(from));
          v128.store(packed, v128.load(from, 16), 16);
        } else {
          for (let j = 0; j < width; j++) {
            const at = (<usize>j) << 2;
            store<f32>(packed + at, i < groupSize && j < taken ? load<f32>(from + at) : 0);
          }
        }
        packed += (<usize>width) << 2;
      }
    }
  }
}

/**
 * y[r] = max(lowest, x[r]·W + bias) for each of `rows` rows; `outputs` is a multiple of four.
 *
 * Row r of x begins at x + offsets[r] (bytes) and consists of `segments` pieces of `segmentBytes`, one every `segmentStride`: of one
 * piece for a dense layer; of one for each line of the kernel for a convolution, whose rows are the pixels of its output.
 *
 * @param w  as `pack` lays it out
 * @param yStride  bytes from one row of y to the next
 * @param lowest  0 for relu, −∞ for none
 */
export function product(
  x: usize,
  offsets: usize,
  rows: i32,
  segments: i32,
  segmentBytes: usize,
  segmentStride: usize,
  w: usize,
  bias: usize,
  outputs: i32,
  y: usize,
  yStride: usize,
  lowest: f32,
): void {
  const floor = f32x4.splat(lowest);
  const rowBytes = <usize>segments * segmentBytes;
  for (let o = 0; o + 8 <= outputs; o += 8) {
    let at = y;
    let r = 0;
    for (; r + 4 <= rows; r += 4) {
      fourRowsOfEight(x, offsets + (r << 2), segments, segmentBytes, segmentStride, w, bias, at, yStride, floor);
      at += 4 * yStride;
    }
    for (; r < rows; r++) {
      oneRowOfEight(x + load<u32>(offsets + (r << 2)), segments, segmentBytes, segmentStride, w, bias, at, floor);
      at += yStride;
    }
    w += 8 * rowBytes;
    bias += eight;
    y += eight;
  }
  if ((outputs & 4) === 0) return;
  let at = y;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    fourRowsOfFour(x, offsets + (r << 2), segments, segmentBytes, segmentStride, w, bias, at, yStride, floor);
    at += 4 * yStride;
  }
  for (; r < rows; r++) {
    oneRowOfFour(x + load<u32>(offsets + (r << 2)), segments, segmentBytes, segmentStride, w, bias, at, floor);
    at += yStride;
  }
}

/** The eight sums of each of four rows stay in registers, so that a weight is loaded once for four rows. */
function fourRowsOfEight(
  x: usize,
  offsets: usize,
  segments: i32,
  segmentBytes: usize,
  segmentStride: usize,
  w: usize,
  bias: usize,
  y: usize,
  yStride: usize,
  floor: v128,
): void {
  let x0 = x + load<u32>(offsets);
  let x1 = x + load<u32>(offsets, 4);
  let x2 = x + load<u32>(offsets, 8);
  let x3 = x + load<u32>(offsets, 12);
  let low0 = v128.load(bias);
  let high0 = v128.load(bias, 16);
  let low1 = low0;
  let high1 = high0;
  let low2 = low0;
  let high2 = high0;
  let low3 = low0;
  let high3 = high0;
  for (let s = 0; s < segments; s++) {
    const end = x0 + segmentBytes;
    const next = segmentStride - segmentBytes;
    while (x0 < end) {
      const low = v128.load(w);
      const high = v128.load(w, 16);
      const value0 = v128.load32_splat(x0);
      low0 = f32x4.add(low0, f32x4.mul(low, value0));
      high0 = f32x4.add(high0, f32x4.mul(high, value0));
      const value1 = v128.load32_splat(x1);
      low1 = f32x4.add(low1, f32x4.mul(low, value1));
      high1 = f32x4.add(high1, f32x4.mul(high, value1));
      const value2 = v128.load32_splat(x2);
      low2 = f32x4.add(low2, f32x4.mul(low, value2));
      high2 = f32x4.add(high2, f32x4.mul(high, value2));
      const value3 = v128.load32_splat(x3);
      low3 = f32x4.add(low3, f32x4.mul(low, value3));
      high3 = f32x4.add(high3, f32x4.mul(high, value3));
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
      w += eight;
    }
    x0 += next;
    x1 += next;
    x2 += next;
    x3 += next;
  }
  v128.store(y, f32x4.pmax(low0, floor));
  v128.store(y, f32x4.pmax(high0, floor), 16);
  y += yStride;
  v128.store(y, f32x4.pmax(low1, floor));
  v128.store(y, f32x4.pmax(high1, floor), 16);
  y += yStride;
  v128.store(y, f32x4.pmax(low2, floor));
  v128.store(y, f32x4.pmax(high2, floor), 16);
  y += yStride;
  v128.store(y, f32x4.pmax(low3, floor));
  v128.store(y, f32x4.pmax(high3, floor), 16);
}

function oneRowOfEight(
  x: usize,
  segments: i32,
  segmentBytes: usize,
  segmentStride: usize,
  w: usize,
  bias: usize,
  y: usize,
  floor: v128,
): void {
  let low = v128.load(bias);
  let high = v128.load(bias, 16);
  for (let s = 0; s < segments; s++) {
    const end = x + segmentBytes;
    while (x < end) {
      const value = v128.load32_splat(x);
      low = f32x4.add(low, f32x4.mul(v128.load(w), value));
      high = f32x4.add(high, f32x4.mul(v128.load(w, 16), value));
      x += 4;
      w += eight;
    }
    x += segmentStride - segmentBytes;
  }
  v128.store(y, f32x4.pmax(low, floor));
  v128.store(y, f32x4.pmax(high, floor), 16);
}

function fourRowsOfFour(
  x: usize,
  offsets: usize,
  segments: i32,
  segmentBytes: usize,
  segmentStride: usize,
  w: usize,
  bias: usize,
  y: usize,
  yStride: usize,
  floor: v128,
): void {
  let x0 = x + load<u32>(offsets);
  let x1 = x + load<u32>(offsets, 4);
  let x2 = x + load<u32>(offsets, 8);
  let x3 = x + load<u32>(offsets, 12);
  let sums0 = v128.load(bias);
  let sums1 = sums0;
  let sums2 = sums0;
  let sums3 = sums0;
  for (let s = 0; s < segments; s++) {
    const end = x0 + segmentBytes;
    const next = segmentStride - segmentBytes;
    while (x0 < end) {
      const weights = v128.load(w);
      sums0 = f32x4.add(sums0, f32x4.mul(weights, v128.load32_splat(x0)));
      sums1 = f32x4.add(sums1, f32x4.mul(weights, v128.load32_splat(x1)));
      sums2 = f32x4.add(sums2, f32x4.mul(weights, v128.load32_splat(x2)));
      sums3 = f32x4.add(sums3, f32x4.mul(weights, v128.load32_splat(x3)));
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
      w += four;
    }
    x0 += next;
    x1 += next;
    x2 += next;
    x3 += next;
  }
  v128.store(y, f32x4.pmax(sums0, floor));
  y += yStride;
  v128.store(y, f32x4.pmax(sums1, floor));
  y += yStride;
  v128.store(y, f32x4.pmax(sums2, floor));
  y += yStride;
  v128.store(y, f32x4.pmax(sums3, floor));
}

function oneRowOfFour(
  x: usize,
  segments: i32,
  segmentBytes: usize,
  segmentStride: usize,
  w: usize,
  bias: usize,
  y: usize,
  floor: v128,
): void {
  let sums = v128.load(bias);
  for (let s = 0; s < segments; s++) {
    const end = x + segmentBytes;
    while (x < end) {
      sums = f32x4.add(sums, f32x4.mul(v128.load(w), v128.load32_splat(x)));
      x += 4;
      w += four;
    }
    x += segmentStride - segmentBytes;
  }
  v128.store(y, f32x4.pmax(sums, floor));
}
