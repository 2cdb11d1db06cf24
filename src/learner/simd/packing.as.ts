/** Layouts of matrices for the products of training. */
import { eight, four, loadFirst, one } from '../../networks/simd/elementary.as';

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
