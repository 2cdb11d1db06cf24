/** A step of an LSTM layer, after its product. */
import { sigmoid, storeFirst, tanh } from './elementary.as';

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
