/**
 * The numeric kernels of inference, in AssemblyScript: WebAssembly with 128-bit SIMD, four float32 at a time. All memory is the
 * caller's: every pointer is a byte address in the imported memory, every array is float32 and has room for three more elements at its
 * end, which kernels may overwrite. Images are [height, width, channels]. Nothing here allocates or calls out.
 *
 * Sums start at the bias and add up in the order of the inputs, whatever the number of rows and whichever kernel does it. So a row's
 * result depends on nothing but the row.
 */
import { sigmoid, storeFirst, tanh } from './elementary.as';

/** Bytes of a vector of four, of a panel of eight. */
const four: usize = 16;
const eight: usize = 32;

/** y = scale · bytes */
export function scaleBytes(bytes: usize, y: usize, count: i32, scale: f32): void {
  const factor = f32x4.splat(scale);
  for (let i = 0; i < count; i += 4) {
    const integers = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(bytes)));
    v128.store(y, f32x4.mul(f32x4.convert_i32x4_u(integers), factor));
    bytes += 4;
    y += four;
  }
}

/** y = (x − mean) · inverseDeviation, limited to ± limit. */
export function normalise(x: usize, mean: usize, inverseDeviation: usize, y: usize, count: i32, limit: f32): void {
  const highest = f32x4.splat(limit);
  const lowest = f32x4.splat(-limit);
  for (let i = 0; i < count; i += 4) {
    const normal = f32x4.mul(f32x4.sub(v128.load(x), v128.load(mean)), v128.load(inverseDeviation));
    v128.store(y, f32x4.pmax(f32x4.pmin(normal, highest), lowest));
    x += four;
    mean += four;
    inverseDeviation += four;
    y += four;
  }
}

/** y = max(lowest, x) */
export function limitBelow(x: usize, y: usize, count: i32, lowest: f32): void {
  const floor = f32x4.splat(lowest);
  for (let i = 0; i < count; i += 4) {
    v128.store(y, f32x4.pmax(v128.load(x), floor));
    x += four;
    y += four;
  }
}

/** y += x */
export function add(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
    x += four;
    y += four;
  }
}

/** x = tanh(x) */
export function tangents(x: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    v128.store(x, tanh(v128.load(x)));
    x += four;
  }
}

/** Copies `count` elements from each of `rows` rows. Strides are in bytes. */
export function copyRows(x: usize, xStride: usize, y: usize, yStride: usize, count: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(y, x, (<usize>count) << 2);
    x += xStride;
    y += yStride;
  }
}

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

/** Whether at most one in `share` elements differs from 0. */
export function isMostlyZero(x: usize, count: i32, share: i32): bool {
  let others = 0;
  const zero = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    others += popcnt(i32x4.bitmask(f32x4.ne(v128.load(x), zero)));
    x += four;
  }
  return share * others <= count;
}

/**
 * The same as `product` makes of rows in one piece, at a cost in proportion to the inputs that are not 0.
 *
 * @param w  [inputs, outputs], not packed: what belongs to one input lies together, and nothing else is read
 * @param list  room for eight bytes for each input
 */
export function sparseProduct(
  x: usize,
  xStride: usize,
  rows: i32,
  inputs: i32,
  w: usize,
  bias: usize,
  outputs: i32,
  y: usize,
  yStride: usize,
  lowest: f32,
  list: usize,
): void {
  const floor = f32x4.splat(lowest);
  const outputBytes = (<usize>outputs) << 2;
  for (let r = 0; r < rows; r++) {
    const end = listNonZeros(x, inputs, outputBytes, list);
    let o: usize = 0;
    for (; o + 128 <= outputBytes; o += 128) sparseRowOf32(list, end, w + o, bias + o, y + o, floor);
    for (; o < outputBytes; o += four) sparseRowOfFour(list, end, w + o, bias + o, y + o, floor);
    x += xStride;
    y += yStride;
  }
}

/** Writes for each input that is not 0 where its weights begin, in bytes, and its value. Returns the end of the list. */
function listNonZeros(x: usize, inputs: i32, weightStride: usize, list: usize): usize {
  const zero = f32x4.splat(0);
  let at: usize = 0;
  for (let i = 0; i < inputs; i += 4) {
    let mask = <usize>i32x4.bitmask(f32x4.ne(v128.load(x), zero));
    if (inputs - i < 4) mask &= (1 << (inputs - i)) - 1; // What follows the last input is not ours.
    if (mask !== 0) {
      // Without branches, since nobody can predict them: what is 0 is written over by the next.
      for (let lane: usize = 0; lane < 4; lane++) {
        store<u32>(list, at + lane * weightStride);
        store<f32>(list, load<f32>(x + (lane << 2)), 4);
        list += ((mask >> lane) & 1) << 3;
      }
    }
    x += four;
    at += 4 * weightStride;
  }
  return list;
}

function sparseRowOf32(entry: usize, end: usize, w: usize, bias: usize, y: usize, floor: v128): void {
  let sums0 = v128.load(bias);
  let sums1 = v128.load(bias, 16);
  let sums2 = v128.load(bias, 32);
  let sums3 = v128.load(bias, 48);
  let sums4 = v128.load(bias, 64);
  let sums5 = v128.load(bias, 80);
  let sums6 = v128.load(bias, 96);
  let sums7 = v128.load(bias, 112);
  for (; entry < end; entry += 8) {
    const weights = w + load<u32>(entry);
    const value = v128.load32_splat(entry, 4);
    sums0 = f32x4.add(sums0, f32x4.mul(v128.load(weights), value));
    sums1 = f32x4.add(sums1, f32x4.mul(v128.load(weights, 16), value));
    sums2 = f32x4.add(sums2, f32x4.mul(v128.load(weights, 32), value));
    sums3 = f32x4.add(sums3, f32x4.mul(v128.load(weights, 48), value));
    sums4 = f32x4.add(sums4, f32x4.mul(v128.load(weights, 64), value));
    sums5 = f32x4.add(sums5, f32x4.mul(v128.load(weights, 80), value));
    sums6 = f32x4.add(sums6, f32x4.mul(v128.load(weights, 96), value));
    sums7 = f32x4.add(sums7, f32x4.mul(v128.load(weights, 112), value));
  }
  v128.store(y, f32x4.pmax(sums0, floor));
  v128.store(y, f32x4.pmax(sums1, floor), 16);
  v128.store(y, f32x4.pmax(sums2, floor), 32);
  v128.store(y, f32x4.pmax(sums3, floor), 48);
  v128.store(y, f32x4.pmax(sums4, floor), 64);
  v128.store(y, f32x4.pmax(sums5, floor), 80);
  v128.store(y, f32x4.pmax(sums6, floor), 96);
  v128.store(y, f32x4.pmax(sums7, floor), 112);
}

function sparseRowOfFour(entry: usize, end: usize, w: usize, bias: usize, y: usize, floor: v128): void {
  let sums = v128.load(bias);
  for (; entry < end; entry += 8) {
    const weights = v128.load(w + load<u32>(entry));
    sums = f32x4.add(sums, f32x4.mul(weights, v128.load32_splat(entry, 4)));
  }
  v128.store(y, f32x4.pmax(sums, floor));
}

/**
 * The same convolution as `product` makes, of one image with stride 1, at a cost in proportion to the pixels that are not 0: each
 * is added to the outputs it has a part in.
 */
export function scatter(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  kernel: i32,
  w: usize,
  bias: usize,
  outputs: i32,
  y: usize,
  lowest: f32,
): void {
  const outHeight = height - kernel + 1;
  const outWidth = width - kernel + 1;
  const pixels = outHeight * outWidth;
  const pixelBytes = (<usize>outputs) << 2;
  for (let p = 0; p < pixels; p++) memory.copy(y + <usize>p * pixelBytes, bias, pixelBytes);
  const panelBytes = (<usize>(kernel * kernel * channels)) << 5;
  const zero = f32x4.splat(0);
  const lineLength = width * channels;
  for (let iy = 0; iy < height; iy++) {
    const line = x + ((<usize>(iy * lineLength)) << 2);
    for (let e = 0; e < lineLength; e++) {
      if ((e & 3) === 0 && !v128.any_true(f32x4.ne(v128.load(line + ((<usize>e) << 2)), zero))) {
        e += 3;
        continue;
      }
      const value = load<f32>(line + ((<usize>e) << 2));
      if (value === 0) continue;
      const values = f32x4.splat(value);
      const ix = e / channels;
      const channel = e - ix * channels;
      const lastKy = min(kernel - 1, iy);
      const lastKx = min(kernel - 1, ix);
      for (let ky = max(0, iy - outHeight + 1); ky <= lastKy; ky++) {
        for (let kx = max(0, ix - outWidth + 1); kx <= lastKx; kx++) {
          const input = <usize>((ky * kernel + kx) * channels + channel);
          let at = y + <usize>((iy - ky) * outWidth + ix - kx) * pixelBytes;
          let weights = w + (input << 5);
          for (let o = 8; o <= outputs; o += 8) {
            v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load(weights), values)));
            v128.store(at, f32x4.add(v128.load(at, 16), f32x4.mul(v128.load(weights, 16), values)), 16);
            at += eight;
            weights += panelBytes;
          }
          if ((outputs & 4) !== 0) {
            weights -= input << 4; // The last panel has half the width.
            v128.store(at, f32x4.add(v128.load(at), f32x4.mul(v128.load(weights), values)));
          }
        }
      }
    }
  }
  limitBelow(y, y, pixels * outputs, lowest);
}

/** Copies max(lowest, image) into the middle of a larger one, whose border of `padding` pixels stays as it is. */
export function surround(x: usize, height: i32, width: i32, channels: i32, padding: i32, y: usize, lowest: f32): void {
  const floor = f32x4.splat(lowest);
  const lineLength = width * channels;
  const outLine = (<usize>((width + 2 * padding) * channels)) << 2;
  y += <usize>padding * outLine + ((<usize>(padding * channels)) << 2);
  for (let line = 0; line < height; line++) {
    let i = 0;
    let at = y;
    for (; i + 4 <= lineLength; i += 4) {
      v128.store(at, f32x4.pmax(v128.load(x), floor));
      x += four;
      at += four;
    }
    for (; i < lineLength; i++) {
      const value = load<f32>(x);
      store<f32>(at, value < lowest ? lowest : value);
      x += 4;
      at += 4;
    }
    y += outLine;
  }
}

/** Window 3×3, stride 2, one pixel around that never wins: windows start at −1, as in PyTorch. `channels` is a multiple of four. */
export function maxPool(x: usize, height: i32, width: i32, channels: i32, y: usize): void {
  const pixelBytes = (<usize>channels) << 2;
  const outHeight = (height + 1) >> 1;
  const outWidth = (width + 1) >> 1;
  for (let oy = 0; oy < outHeight; oy++) {
    const top = max(0, 2 * oy - 1);
    const bottom = min(height - 1, 2 * oy + 1);
    for (let ox = 0; ox < outWidth; ox++) {
      const left = max(0, 2 * ox - 1);
      const right = min(width - 1, 2 * ox + 1);
      for (let c: usize = 0; c < pixelBytes; c += four) {
        let largest = f32x4.splat(-Infinity);
        for (let iy = top; iy <= bottom; iy++) {
          for (let ix = left; ix <= right; ix++) {
            largest = f32x4.pmax(largest, v128.load(x + <usize>(iy * width + ix) * pixelBytes + c));
          }
        }
        v128.store(y + c, largest);
      }
      y += pixelBytes;
    }
  }
}

/**
 * PyTorch's LSTM cell for every row: c' = σ(f)·c + σ(i)·tanh(g), h' = σ(o)·tanh(c').
 *
 * @param gates  [rows, 4, hidden], in the order i, f, g, o
 * @param state  h of row 0; c follows it
 * @param next  where h' of row 0 goes; c' follows it
 * @param stateStride  bytes from one row of `state` and `next` to the next
 */
export function lstmCell(gates: usize, state: usize, next: usize, hidden: i32, rows: i32, stateStride: usize): void {
  const size = (<usize>hidden) << 2;
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < hidden; j += 4) {
      const at = (<usize>j) << 2;
      const input = sigmoid(v128.load(gates + at));
      const forget = sigmoid(v128.load(gates + size + at));
      const candidate = tanh(v128.load(gates + 2 * size + at));
      const output = sigmoid(v128.load(gates + 3 * size + at));
      const cell = f32x4.add(f32x4.mul(forget, v128.load(state + size + at)), f32x4.mul(input, candidate));
      storeFirst(next + size + at, cell, hidden - j);
      storeFirst(next + at, f32x4.mul(output, tanh(cell)), hidden - j);
    }
    gates += 4 * size;
    state += stateStride;
    next += stateStride;
  }
}
