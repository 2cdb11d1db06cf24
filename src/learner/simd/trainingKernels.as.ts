/**
 * The numeric kernels of training, in AssemblyScript: WebAssembly with 128-bit SIMD, four float32 at a time. They work in the memory
 * of TensorFlow.js's wasm backend: every pointer is a byte address there, every array is float32 and row-major. Nothing outside the
 * arrays is read or written. Nothing here allocates or calls out.
 */
import { sigmoid, storeFirst, tanh } from '../../networks/simd/elementary.as';

/** Bytes of a float, of a vector of four, of a panel of eight. */
const one: usize = 4;
const four: usize = 16;
const eight: usize = 32;

/** Floats of a matrix that `product` goes through at once, so that they stay in the second cache. */
const cachedFloats = 32768;

/** Rows, and columns, that `transposedProduct` goes through at once, so that they stay in the second cache and a panel of them in the first. */
const chunk = 128;

/** sum + a · b, rounded once where the engine has an instruction for it, else twice. */
function addProduct(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Loads up to four floats; those beyond `count` are 0. */
function loadFirst(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at);
  let vector = f32x4.splat(0);
  if (count > 0) vector = f32x4.replace_lane(vector, 0, load<f32>(at));
  if (count > 1) vector = f32x4.replace_lane(vector, 1, load<f32>(at, 4));
  if (count > 2) vector = f32x4.replace_lane(vector, 2, load<f32>(at, 8));
  return vector;
}

/** Lays w [inner, columns] out for `product`: panels of eight columns, [panel, inner, 8], the last one filled up with zeros. */
export function pack(w: usize, inner: i32, columns: i32, packed: usize): void {
  const line = (<usize>columns) << 2;
  for (let o = 0; o < columns; o += 8) {
    packColumns(w + ((<usize>o) << 2), line, inner, columns - o, packed);
    packed += (<usize>inner) << 5;
  }
}

/** Copies up to eight columns of `rows` rows to [rows, 8]; what is missing becomes 0. */
function packColumns(x: usize, line: usize, rows: i32, count: i32, packed: usize): void {
  if (count >= 8) {
    for (let r = 0; r < rows; r++) {
      v128.store(packed, v128.load(x));
      v128.store(packed, v128.load(x, 16), 16);
      x += line;
      packed += eight;
    }
    return;
  }
  for (let r = 0; r < rows; r++) {
    v128.store(packed, loadFirst(x, count));
    v128.store(packed, loadFirst(x + four, count - 4), 16);
    x += line;
    packed += eight;
  }
}

/** The same of wᵀ, from w [columns, inner]. */
export function packTransposed(w: usize, inner: i32, columns: i32, packed: usize): void {
  const line = (<usize>inner) << 2;
  for (let o = 0; o < columns; o += 8) {
    const taken = min(8, columns - o);
    let from = w + <usize>o * line;
    let i = 0;
    if (taken === 8) {
      for (; i + 4 <= inner; i += 4) {
        transposeFour(from, line, packed);
        transposeFour(from + 4 * line, line, packed + four);
        from += four;
        packed += 4 * eight;
      }
    }
    for (; i < inner; i++) {
      for (let j = 0; j < 8; j++) {
        store<f32>(packed, j < taken ? load<f32>(from + <usize>j * line) : 0);
        packed += one;
      }
      from += one;
    }
  }
}

/** The transpose of four by four floats, as the left or right half of four lines of a panel. */
function transposeFour(x: usize, line: usize, y: usize): void {
  const x0 = v128.load(x);
  const x1 = v128.load(x + line);
  const x2 = v128.load(x + 2 * line);
  const x3 = v128.load(x + 3 * line);
  const top01 = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
  const top23 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
  const bottom01 = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
  const bottom23 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<i64>(top01, top23, 0, 2));
  v128.store(y, v128.shuffle<i64>(top01, top23, 1, 3), 32);
  v128.store(y, v128.shuffle<i64>(bottom01, bottom23, 0, 2), 64);
  v128.store(y, v128.shuffle<i64>(bottom01, bottom23, 1, 3), 96);
}

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

function storeEight(y: usize, low: v128, high: v128, count: i32): void {
  storeFirst(y, low, count);
  if (count > 4) storeFirst(y + four, high, count - 4);
}

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

/** Adam's step; see optimizerStep.ts. Arrays of `count`: parameters, m, v in `state`, one after the other; the new ones go to `next`. */
export function adam(
  state: usize,
  gradient: usize,
  next: usize,
  count: i32,
  clip: f32,
  learningRate: f32,
  beta1: f32,
  beta2: f32,
  correction1: f32,
  correction2: f32,
  eps: f32,
): void {
  const part = (<usize>count) << 2;
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const g = f32x4.mul(loadFirst(gradient, left), f32x4.splat(clip));
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), loadFirst(state + part, left)),
      f32x4.mul(f32x4.splat(1 - beta1), g),
    );
    const v = movingSquare(state + 2 * part, left, g, beta2);
    const root = f32x4.sqrt(f32x4.div(v, f32x4.splat(correction2)));
    const direction = f32x4.div(f32x4.div(m, f32x4.splat(correction1)), f32x4.add(root, f32x4.splat(eps)));
    storeStep(state, next, part, left, direction, m, v, learningRate);
    state += four;
    gradient += four;
    next += four;
  }
}

/** RMSprop's step; see optimizerStep.ts. Arrays as for `adam`. */
export function rmsprop(
  state: usize,
  gradient: usize,
  next: usize,
  count: i32,
  clip: f32,
  learningRate: f32,
  momentum: f32,
  decay: f32,
  eps: f32,
): void {
  const part = (<usize>count) << 2;
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const g = f32x4.mul(loadFirst(gradient, left), f32x4.splat(clip));
    const v = movingSquare(state + 2 * part, left, g, decay);
    const direction = f32x4.div(g, f32x4.add(f32x4.sqrt(v), f32x4.splat(eps)));
    const m = f32x4.add(f32x4.mul(f32x4.splat(momentum), loadFirst(state + part, left)), direction);
    storeStep(state, next, part, left, m, m, v, learningRate);
    state += four;
    gradient += four;
    next += four;
  }
}

function movingSquare(v: usize, left: i32, g: v128, decay: f32): v128 {
  const kept = f32x4.mul(f32x4.splat(decay), loadFirst(v, left));
  return f32x4.add(kept, f32x4.mul(f32x4.mul(f32x4.splat(1 - decay), g), g));
}

function storeStep(
  state: usize,
  next: usize,
  part: usize,
  left: i32,
  direction: v128,
  m: v128,
  v: v128,
  learningRate: f32,
): void {
  const step = f32x4.mul(f32x4.splat(learningRate), direction);
  storeFirst(next, f32x4.sub(loadFirst(state, left), step), left);
  storeFirst(next + part, m, left);
  storeFirst(next + 2 * part, v, left);
}

/** y [rows, columns] = x · keep, where keep [rows] is 0 or 1. */
export function keepRows(x: usize, keep: usize, y: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    const factor = v128.load32_splat(keep);
    for (let j = 0; j < columns; j += 4) {
      storeFirst(y, f32x4.mul(loadFirst(x, columns - j), factor), columns - j);
      const width = (<usize>min(4, columns - j)) << 2;
      x += width;
      y += width;
    }
    keep += one;
  }
}

/**
 * A step of an LSTM layer for `rows` rows: c' = σ(f)·k·c + σ(i)·tanh(g), h' = σ(o)·tanh(c').
 *
 * @param gates  [rows, 4, hidden], in the order i, f, g, o: before their nonlinearities, replaced by what is after them
 * @param cell  c [rows, hidden]
 * @param keep  k [rows]
 * @param nextCell  c'
 * @param output  h'
 */
export function lstmStep(
  gates: usize,
  cell: usize,
  keep: usize,
  nextCell: usize,
  output: usize,
  rows: i32,
  hidden: i32,
): void {
  const size = (<usize>hidden) << 2;
  for (let r = 0; r < rows; r++) {
    const kept = v128.load32_splat(keep);
    for (let j = 0; j < hidden; j += 4) {
      const left = hidden - j;
      const at = (<usize>j) << 2;
      const i = sigmoid(loadFirst(gates + at, left));
      const f = sigmoid(loadFirst(gates + size + at, left));
      const g = tanh(loadFirst(gates + 2 * size + at, left));
      const o = sigmoid(loadFirst(gates + 3 * size + at, left));
      const c = f32x4.add(f32x4.mul(f32x4.mul(f, kept), loadFirst(cell + at, left)), f32x4.mul(i, g));
      storeFirst(gates + at, i, left);
      storeFirst(gates + size + at, f, left);
      storeFirst(gates + 2 * size + at, g, left);
      storeFirst(gates + 3 * size + at, o, left);
      storeFirst(nextCell + at, c, left);
      storeFirst(output + at, f32x4.mul(o, tanh(c)), left);
    }
    gates += 4 * size;
    cell += size;
    nextCell += size;
    output += size;
    keep += one;
  }
}

/**
 * The gradient of `lstmStep`.
 *
 * @param gates  as it left them
 * @param cell, keep, nextCell  as it was given them, and as it left them
 * @param outputGradient  of h', [rows, hidden]
 * @param cellGradient  of c', [rows, hidden]; replaced by that of c
 * @param gateGradients  where those of the gates before their nonlinearities go, [rows, 4, hidden]
 */
export function lstmStepGradient(
  gates: usize,
  cell: usize,
  keep: usize,
  nextCell: usize,
  outputGradient: usize,
  cellGradient: usize,
  gateGradients: usize,
  rows: i32,
  hidden: i32,
): void {
  const size = (<usize>hidden) << 2;
  const unit = f32x4.splat(1);
  for (let r = 0; r < rows; r++) {
    const kept = v128.load32_splat(keep);
    for (let j = 0; j < hidden; j += 4) {
      const left = hidden - j;
      const at = (<usize>j) << 2;
      const i = loadFirst(gates + at, left);
      const f = loadFirst(gates + size + at, left);
      const g = loadFirst(gates + 2 * size + at, left);
      const o = loadFirst(gates + 3 * size + at, left);
      const tangent = tanh(loadFirst(nextCell + at, left));
      const dh = loadFirst(outputGradient + at, left);
      const slope = f32x4.sub(unit, f32x4.mul(tangent, tangent));
      const dc = f32x4.add(loadFirst(cellGradient + at, left), f32x4.mul(f32x4.mul(dh, o), slope));
      const before = f32x4.mul(kept, loadFirst(cell + at, left));
      const di = f32x4.mul(f32x4.mul(dc, g), slopeOfSigmoid(i));
      const df = f32x4.mul(f32x4.mul(dc, before), slopeOfSigmoid(f));
      const dg = f32x4.mul(f32x4.mul(dc, i), f32x4.sub(unit, f32x4.mul(g, g)));
      storeFirst(gateGradients + at, di, left);
      storeFirst(gateGradients + size + at, df, left);
      storeFirst(gateGradients + 2 * size + at, dg, left);
      storeFirst(gateGradients + 3 * size + at, f32x4.mul(f32x4.mul(dh, tangent), slopeOfSigmoid(o)), left);
      storeFirst(cellGradient + at, f32x4.mul(f32x4.mul(dc, f), kept), left);
    }
    gates += 4 * size;
    gateGradients += 4 * size;
    cell += size;
    nextCell += size;
    outputGradient += size;
    cellGradient += size;
    keep += one;
  }
}

/** σ′ = σ·(1 − σ) */
function slopeOfSigmoid(value: v128): v128 {
  return f32x4.mul(value, f32x4.sub(f32x4.splat(1), value));
}
