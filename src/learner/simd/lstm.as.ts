/** A step of an LSTM layer, forward and backward. */
import { loadFirst, one, sigmoid, storeFirst, tanh } from '../../networks/simd/elementary.as';

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
