/** Products of a transposed matrix with another, over the rows of both: gradients of weights. */
import { eight, four, loadFirst } from '../../networks/simd/elementary.as';
import { pack } from './packing.as';
import { addProduct, storeEight } from './sums.as';

/** Rows, and columns, that `transposedProduct` goes through at once, so that they stay in the second cache and a panel of them in the first. */
const chunk = 128;

/**
 * y [inner, columns] += xᵀ · z, for x [rows, inner], z [rows, columns].
 *
 * @param scratch  room for 128 · (128 + columns + 7) floats
 */
export function transposedProduct(
  x: usize,
  z: usize,
  y: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  scratch: usize,
): void {
  const xLine = (<usize>inner) << 2;
  const yLine = (<usize>columns) << 2;
  const panels = scratch + ((<usize>(chunk * chunk)) << 2);
  for (let r = 0; r < rows; r += chunk) {
    const taken = min(chunk, rows - r);
    pack(z, taken, columns, panels);
    for (let k = 0; k < inner; k += chunk) {
      const width = min(chunk, inner - k);
      packStrips(x + ((<usize>k) << 2), xLine, taken, width, scratch);
      let panel = panels;
      for (let o = 0; o < columns; o += 8) {
        const to = y + <usize>k * yLine + ((<usize>o) << 2);
        transposedPanel(scratch, panel, taken, width, to, yLine, columns - o);
        panel += (<usize>taken) << 5;
      }
    }
    x += <usize>chunk * xLine;
    z += <usize>chunk * yLine;
  }
}

/** Copies `inner` columns of x to [strip, rows, 4]: a strip is four of them, the last one filled up with zeros. */
function packStrips(x: usize, xLine: usize, rows: i32, inner: i32, strips: usize): void {
  for (let k = 0; k < inner; k += 4) {
    let from = x;
    for (let r = 0; r < rows; r++) {
      v128.store(strips, loadFirst(from, inner - k));
      strips += four;
      from += xLine;
    }
    x += four;
  }
}

function transposedPanel(strip: usize, panel: usize, rows: i32, inner: i32, y: usize, yLine: usize, count: i32): void {
  const end = panel + ((<usize>rows) << 5);
  const zero = f32x4.splat(0);
  for (let k = 0; k < inner; k += 4) {
    let low0 = zero;
    let high0 = zero;
    let low1 = zero;
    let high1 = zero;
    let low2 = zero;
    let high2 = zero;
    let low3 = zero;
    let high3 = zero;
    for (let z = panel; z < end; z += eight) {
      const left = v128.load(z);
      const right = v128.load(z, 16);
      const value0 = v128.load32_splat(strip);
      low0 = addProduct(low0, left, value0);
      high0 = addProduct(high0, right, value0);
      const value1 = v128.load32_splat(strip, 4);
      low1 = addProduct(low1, left, value1);
      high1 = addProduct(high1, right, value1);
      const value2 = v128.load32_splat(strip, 8);
      low2 = addProduct(low2, left, value2);
      high2 = addProduct(high2, right, value2);
      const value3 = v128.load32_splat(strip, 12);
      low3 = addProduct(low3, left, value3);
      high3 = addProduct(high3, right, value3);
      strip += four;
    }
    addEight(y, low0, high0, count);
    y += yLine;
    if (inner - k > 1) addEight(y, low1, high1, count);
    y += yLine;
    if (inner - k > 2) addEight(y, low2, high2, count);
    y += yLine;
    if (inner - k > 3) addEight(y, low3, high3, count);
    y += yLine;
  }
}

function addEight(y: usize, low: v128, high: v128, count: i32): void {
  const sumLow = f32x4.add(loadFirst(y, count), low);
  const sumHigh = f32x4.add(loadFirst(y + four, count - 4), high);
  storeEight(y, sumLow, sumHigh, count);
}
