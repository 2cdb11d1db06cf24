/** Products of a matrix with a packed one, [rows, inner]·[inner, columns]: layers forward, and gradients of their inputs. */
import { eight, four, loadFirst, one } from '../../networks/simd/elementary.as';
import { addProduct, storeEight } from './sums.as';

/** Floats of a matrix that `product` goes through at once, so that they stay in the second cache. */
const cachedFloats = 32768;

/**
 * y [rows, columns] = x [rows, inner] · w + bias, or y += x · w where there is no bias (0).
 *
 * @param packed  w [inner, columns] as `pack` lays it out
 */
export function product(x: usize, packed: usize, bias: usize, y: usize, rows: i32, inner: i32, columns: i32): void {
  const xLine = (<usize>inner) << 2;
  const yLine = (<usize>columns) << 2;
  const atOnce = max(8, (cachedFloats / inner) & ~3);
  for (let r = 0; r < rows; r += atOnce) {
    const taken = min(atOnce, rows - r);
    productOfRows(x, packed, bias, y, yLine, taken, inner, columns);
    x += <usize>atOnce * xLine;
    y += <usize>atOnce * yLine;
  }
}

function productOfRows(
  x: usize,
  packed: usize,
  bias: usize,
  y: usize,
  yLine: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  for (let o = 0; o < columns; o += 8) {
    const count = columns - o;
    let low = f32x4.splat(0);
    let high = low;
    if (bias) {
      low = loadFirst(bias, count);
      high = loadFirst(bias + four, count - 4);
      bias += eight;
    }
    productOfPanel(x, packed, low, high, bias === 0, y, yLine, rows, inner, count);
    packed += (<usize>inner) << 5;
    y += eight;
  }
}

function productOfPanel(
  x: usize,
  packed: usize,
  low: v128,
  high: v128,
  accumulates: bool,
  y: usize,
  yLine: usize,
  rows: i32,
  inner: i32,
  count: i32,
): void {
  const xLine = (<usize>inner) << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    fourRows(x, packed, low, high, accumulates, y, yLine, inner, count);
    x += 4 * xLine;
    y += 4 * yLine;
  }
  for (; r < rows; r++) {
    let sumsLow = accumulates ? loadFirst(y, count) : low;
    let sumsHigh = accumulates ? loadFirst(y + four, count - 4) : high;
    let w = packed;
    const end = x + xLine;
    while (x < end) {
      const value = v128.load32_splat(x);
      sumsLow = addProduct(sumsLow, v128.load(w), value);
      sumsHigh = addProduct(sumsHigh, v128.load(w, 16), value);
      x += one;
      w += eight;
    }
    storeEight(y, sumsLow, sumsHigh, count);
    y += yLine;
  }
}

/**
 * Four inputs at a time, so that pointers are moved on once for four. Between two of them the sum may end: that handles what is left
 * over, and keeps the compiler from putting off the additions and so having more values at a time than there are registers.
 */
function fourRows(
  x: usize,
  w: usize,
  low: v128,
  high: v128,
  accumulates: bool,
  y: usize,
  yLine: usize,
  inner: i32,
  count: i32,
): void {
  const y1 = y + yLine;
  const y2 = y1 + yLine;
  const y3 = y2 + yLine;
  let low0 = low;
  let high0 = high;
  let low1 = low;
  let high1 = high;
  let low2 = low;
  let high2 = high;
  let low3 = low;
  let high3 = high;
  if (accumulates) {
    low0 = loadFirst(y, count);
    high0 = loadFirst(y + four, count - 4);
    low1 = loadFirst(y1, count);
    high1 = loadFirst(y1 + four, count - 4);
    low2 = loadFirst(y2, count);
    high2 = loadFirst(y2 + four, count - 4);
    low3 = loadFirst(y3, count);
    high3 = loadFirst(y3 + four, count - 4);
  }
  const xLine = (<usize>inner) << 2;
  let x0 = x;
  let x1 = x0 + xLine;
  let x2 = x1 + xLine;
  let x3 = x2 + xLine;
  do {
    let left = v128.load(w);
    let right = v128.load(w, 16);
    let value = v128.load32_splat(x0);
    low0 = addProduct(low0, left, value);
    high0 = addProduct(high0, right, value);
    value = v128.load32_splat(x1);
    low1 = addProduct(low1, left, value);
    high1 = addProduct(high1, right, value);
    value = v128.load32_splat(x2);
    low2 = addProduct(low2, left, value);
    high2 = addProduct(high2, right, value);
    value = v128.load32_splat(x3);
    low3 = addProduct(low3, left, value);
    high3 = addProduct(high3, right, value);
    if (inner === 1) break;
    left = v128.load(w, 32);
    right = v128.load(w, 48);
    value = v128.load32_splat(x0, 4);
    low0 = addProduct(low0, left, value);
    high0 = addProduct(high0, right, value);
    value = v128.load32_splat(x1, 4);
    low1 = addProduct(low1, left, value);
    high1 = addProduct(high1, right, value);
    value = v128.load32_splat(x2, 4);
    low2 = addProduct(low2, left, value);
    high2 = addProduct(high2, right, value);
    value = v128.load32_splat(x3, 4);
    low3 = addProduct(low3, left, value);
    high3 = addProduct(high3, right, value);
    if (inner === 2) break;
    left = v128.load(w, 64);
    right = v128.load(w, 80);
    value = v128.load32_splat(x0, 8);
    low0 = addProduct(low0, left, value);
    high0 = addProduct(high0, right, value);
    value = v128.load32_splat(x1, 8);
    low1 = addProduct(low1, left, value);
    high1 = addProduct(high1, right, value);
    value = v128.load32_splat(x2, 8);
    low2 = addProduct(low2, left, value);
    high2 = addProduct(high2, right, value);
    value = v128.load32_splat(x3, 8);
    low3 = addProduct(low3, left, value);
    high3 = addProduct(high3, right, value);
    if (inner === 3) break;
    left = v128.load(w, 96);
    right = v128.load(w, 112);
    value = v128.load32_splat(x0, 12);
    low0 = addProduct(low0, left, value);
    high0 = addProduct(high0, right, value);
    value = v128.load32_splat(x1, 12);
    low1 = addProduct(low1, left, value);
    high1 = addProduct(high1, right, value);
    value = v128.load32_splat(x2, 12);
    low2 = addProduct(low2, left, value);
    high2 = addProduct(high2, right, value);
    value = v128.load32_splat(x3, 12);
    low3 = addProduct(low3, left, value);
    high3 = addProduct(high3, right, value);
    inner -= 4;
    x0 += four;
    x1 += four;
    x2 += four;
    x3 += four;
    w += 4 * eight;
  } while (inner !== 0);
  storeEight(y, low0, high0, count);
  storeEight(y1, low1, high1, count);
  storeEight(y2, low2, high2, count);
  storeEight(y3, low3, high3, count);
}
