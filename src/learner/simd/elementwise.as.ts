/** What training does element by element, and sums over rows. */
import { four, loadFirst, storeFirst, tanh } from '../../networks/simd/elementary.as';

/** y = 0 */
export function clear(y: usize, count: i32): void {
  memory.fill(y, 0, (<usize>count) << 2);
}

/** y = x */
export function copy(x: usize, y: usize, count: i32): void {
  memory.copy(y, x, (<usize>count) << 2);
}

/** sum = x + y; it may be one of them. */
export function add(x: usize, y: usize, sum: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    storeFirst(sum, f32x4.add(loadFirst(x, count - i), loadFirst(y, count - i)), count - i);
    x += four;
    y += four;
    sum += four;
  }
}

/** sums [columns] = the sums over the rows of x [rows, columns] */
export function columnSums(x: usize, rows: i32, columns: i32, sums: usize): void {
  const line = (<usize>columns) << 2;
  for (let o = 0; o < columns; o += 4) {
    let total = f32x4.splat(0);
    let from = x;
    for (let r = 0; r < rows; r++) {
      total = f32x4.add(total, loadFirst(from, columns - o));
      from += line;
    }
    storeFirst(sums, total, columns - o);
    x += four;
    sums += four;
  }
}

/** y = tanh(x), element by element; y may be x. */
export function tangents(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    storeFirst(y, tanh(loadFirst(x, count - i)), count - i);
    x += four;
    y += four;
  }
}

/** y = max(0, x), element by element; y may be x. */
export function rectify(x: usize, y: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    storeFirst(y, f32x4.pmax(loadFirst(x, count - i), zero), count - i);
    x += four;
    y += four;
  }
}

/** dz = dy · (1 − y²): what is below y = tanh(z). */
export function slopeOfTanh(dy: usize, y: usize, dz: usize, count: i32): void {
  const unit = f32x4.splat(1);
  for (let i = 0; i < count; i += 4) {
    const value = loadFirst(y, count - i);
    const slope = f32x4.sub(unit, f32x4.mul(value, value));
    storeFirst(dz, f32x4.mul(loadFirst(dy, count - i), slope), count - i);
    dy += four;
    y += four;
    dz += four;
  }
}

/** dz = dy where y > 0, else 0: what is below y = relu(z). */
export function slopeOfRelu(dy: usize, y: usize, dz: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const isPositive = f32x4.gt(loadFirst(y, count - i), zero);
    storeFirst(dz, v128.and(loadFirst(dy, count - i), isPositive), count - i);
    dy += four;
    y += four;
    dz += four;
  }
}
