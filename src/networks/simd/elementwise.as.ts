/** What inference does element by element, and with whole rows. */
import { four, tanh } from './elementary.as';

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
