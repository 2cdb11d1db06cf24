/** The same as the products make, where most inputs are 0. */

import { eight, four } from './elementary.as';
import { limitBelow } from './elementwise.as';

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
