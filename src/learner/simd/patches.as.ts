/** The pixels under a kernel as rows of a matrix (im2col), so that convolutions are products. */

import { four, one } from '../../networks/simd/elementary.as';
import { add, clear } from './elementwise.as';

/**
 * im2col of one image x [height, width, channels]: y [outHeight · outWidth, kernel · kernel · channels], a row for each output with the
 * pixels under the kernel, 0 where these are outside.
 */
export function patches(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  y: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const line = kernel * channels;
  for (let oy = 0; oy < outHeight; oy++) {
    const top = oy * stride - padding;
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * stride - padding;
      if (top >= 0 && left >= 0 && top + kernel <= height && left + kernel <= width) {
        let from = x + <usize>(top * width + left) * pixel;
        for (let ky = 0; ky < kernel; ky++) {
          copyFloats(from, y, line);
          from += <usize>width * pixel;
          y += (<usize>line) << 2;
        }
        continue;
      }
      const first = max(0, -left);
      const end = max(first, min(kernel, width - left));
      for (let iy = top; iy < top + kernel; iy++) {
        if (iy < 0 || iy >= height) clear(y, line);
        else {
          const from = x + <usize>(iy * width + left + first) * pixel;
          if (first > 0) clear(y, first * channels);
          copyFloats(from, y + <usize>first * pixel, (end - first) * channels);
          if (end < kernel) clear(y + <usize>end * pixel, (kernel - end) * channels);
        }
        y += (<usize>line) << 2;
      }
    }
  }
}

/** The transpose of `patches`: x += what the rows of y say about each pixel. */
export function addPatches(
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  x: usize,
): void {
  const pixel = (<usize>channels) << 2;
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * stride - padding;
      const first = max(0, -left);
      const end = max(first, min(kernel, width - left));
      for (let ky = 0; ky < kernel; ky++) {
        const iy = oy * stride + ky - padding;
        if (iy >= 0 && iy < height) {
          const to = x + <usize>(iy * width + left + first) * pixel;
          add(y + <usize>first * pixel, to, to, (end - first) * channels);
        }
        y += <usize>kernel * pixel;
      }
    }
  }
}

/** Four at a time; the last four overlap those before, unless there are no four. */
function copyFloats(x: usize, y: usize, count: i32): void {
  if (count < 4) {
    for (let i = 0; i < count; i++) {
      store<f32>(y, load<f32>(x));
      x += one;
      y += one;
    }
    return;
  }
  const last = y + ((<usize>(count - 4)) << 2);
  const lastFrom = x + ((<usize>(count - 4)) << 2);
  while (y < last) {
    v128.store(y, v128.load(x));
    x += four;
    y += four;
  }
  v128.store(last, v128.load(lastFrom));
}
