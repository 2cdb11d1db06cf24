/**
 * One step of an LSTM layer and its gradient, for B rollouts at once, as kernels: what remains beside matrix products. Formulas as
 * in PyTorch: c' = σ(f)·k·c + σ(i)·tanh(g), h' = σ(o)·tanh(c'), where k (keep) is 0 where an episode begins and 1 elsewhere.
 */
import { tanh } from '../networks/tanh.ts';
import type { OwnKernel } from './ownKernel.ts';

export interface LstmStepAttrs {
  readonly t: number;
  /** T + 1 */
  readonly rows: number;
  readonly B: number;
  readonly H: number;
}

/** Planes [B, H] of a step's record: the four gates after their nonlinearities, the cell, the output, and the output kept for the next step. */
export const planes = { i: 0, f: 1, g: 2, o: 3, cell: 4, output: 5, kept: 6 } as const;
export const numPlanes = 7;

/** Some drivers' tanh overflows for large arguments, where it is ±1. */
const tanhWgsl = 'fn tanhOf(x : f32) -> f32 { return tanh(clamp(x, -15.0, 15.0)); }';

const sigmoid = (x: number): number => 0.5 + 0.5 * tanh(0.5 * x);

/** inputs: projected [rows, B, 4H] (x·W_ih + biases), recurrent [B, 4H] (kept h·W_hh), before [7, B, H], keep [rows, B]; output: [7, B, H] */
export const lstmStepKernel: OwnKernel<LstmStepAttrs> = {
  name: 'PronkLstmStep',
  inputs: ['projected', 'recurrent', 'before', 'keep'],
  outputShape: ({ B, H }) => [numPlanes, B, H],
  host([projected, recurrent, before, keep], { t, rows, B, H }, out) {
    const plane = B * H;
    for (let b = 0; b < B; b++) {
      const kept = keep![t * B + b]!;
      const keptNext = t + 1 < rows ? keep![(t + 1) * B + b]! : 1;
      for (let j = 0; j < H; j++) {
        const at = b * H + j;
        const z = (gate: number) => projected![((t * B + b) * 4 + gate) * H + j]! + recurrent![(b * 4 + gate) * H + j]!;
        const i = sigmoid(z(0));
        const f = sigmoid(z(1));
        const g = tanh(z(2));
        const o = sigmoid(z(3));
        const cell = f * kept * before![planes.cell * plane + at]! + i * g;
        const output = o * tanh(cell);
        out[at] = i;
        out[plane + at] = f;
        out[2 * plane + at] = g;
        out[3 * plane + at] = o;
        out[4 * plane + at] = cell;
        out[5 * plane + at] = output;
        out[6 * plane + at] = output * keptNext;
      }
    }
  },
  numThreads: ({ B, H }) => B * H,
  uniforms: ({ t, rows, B, H }) => [
    ['step', 'int32', t],
    ['rows', 'int32', rows],
    ['batchSize', 'int32', B],
    ['hidden', 'int32', H],
  ],
  wgslKey: () => '',
  wgsl: () => `
  fn sigmoidOf(x : f32) -> f32 { return 0.5 + 0.5 * tanhOf(0.5 * x); }
  ${tanhWgsl}
  fn main(index : i32) {
    let B = uniforms.batchSize;
    let H = uniforms.hidden;
    let plane = B * H;
    if (index >= plane) { return; }
    let t = uniforms.step;
    let b = index / H;
    let j = index % H;
    let kept = keep[t * B + b];
    var keptNext = 1.0;
    if (t + 1 < uniforms.rows) { keptNext = keep[(t + 1) * B + b]; }
    let p = (t * B + b) * 4 * H + j;
    let r = b * 4 * H + j;
    let i = sigmoidOf(projected[p] + recurrent[r]);
    let f = sigmoidOf(projected[p + H] + recurrent[r + H]);
    let g = tanhOf(projected[p + 2 * H] + recurrent[r + 2 * H]);
    let o = sigmoidOf(projected[p + 3 * H] + recurrent[r + 3 * H]);
    let cell = f * kept * before[4 * plane + index] + i * g;
    let output = o * tanhOf(cell);
    result[index] = i;
    result[plane + index] = f;
    result[2 * plane + index] = g;
    result[3 * plane + index] = o;
    result[4 * plane + index] = cell;
    result[5 * plane + index] = output;
    result[6 * plane + index] = output * keptNext;
  }`,
};

/**
 * inputs: after [7, B, H] (this step's record), before [7, B, H], outputGradient [rows, B, H], recurrentGradient [B, H] (next step's gate gradients times
 * W_hh transposed), later [B, 5H] (this kernel's result for the next step), keep [rows, B].
 * output: [5, B·H] as one row: gradient of the gates' inputs, [B, 4H], then that of the cell before this step, [B, H]
 */
export const lstmStepGradKernel: OwnKernel<LstmStepAttrs> = {
  name: 'PronkLstmStepGrad',
  inputs: ['after', 'before', 'outputGradient', 'recurrentGradient', 'later', 'keep'],
  outputShape: ({ B, H }) => [5 * B * H],
  host([after, before, outputGradient, recurrentGradient, later, keep], { t, rows, B, H }, out) {
    const plane = B * H;
    for (let b = 0; b < B; b++) {
      const kept = keep![t * B + b]!;
      const keptNext = t + 1 < rows ? keep![(t + 1) * B + b]! : 0;
      for (let j = 0; j < H; j++) {
        const at = b * H + j;
        const i = after![at]!;
        const f = after![plane + at]!;
        const g = after![2 * plane + at]!;
        const o = after![3 * plane + at]!;
        const tanhCell = tanh(after![4 * plane + at]!);
        const dh = outputGradient![t * plane + at]! + keptNext * recurrentGradient![at]!;
        const dc = later![4 * plane + at]! + dh * o * (1 - tanhCell * tanhCell);
        const cellBefore = kept * before![planes.cell * plane + at]!;
        const gates = b * 4 * H + j;
        out[gates] = dc * g * i * (1 - i);
        out[gates + H] = dc * cellBefore * f * (1 - f);
        out[gates + 2 * H] = dc * i * (1 - g * g);
        out[gates + 3 * H] = dh * tanhCell * o * (1 - o);
        out[4 * plane + at] = dc * f * kept;
      }
    }
  },
  numThreads: ({ B, H }) => B * H,
  uniforms: lstmStepKernel.uniforms,
  wgslKey: () => '',
  wgsl: () => `
  fn main(index : i32) {
    let B = uniforms.batchSize;
    let H = uniforms.hidden;
    let plane = B * H;
    if (index >= plane) { return; }
    let t = uniforms.step;
    let b = index / H;
    let j = index % H;
    let kept = keep[t * B + b];
    var keptNext = 0.0;
    if (t + 1 < uniforms.rows) { keptNext = keep[(t + 1) * B + b]; }
    let i = after[index];
    let f = after[plane + index];
    let g = after[2 * plane + index];
    let o = after[3 * plane + index];
    let tanhCell = tanhOf(after[4 * plane + index]);
    let dh = outputGradient[t * plane + index] + keptNext * recurrentGradient[index];
    let dc = later[4 * plane + index] + dh * o * (1.0 - tanhCell * tanhCell);
    let cellBefore = kept * before[4 * plane + index];
    let gates = b * 4 * H + j;
    result[gates] = dc * g * i * (1.0 - i);
    result[gates + H] = dc * cellBefore * f * (1.0 - f);
    result[gates + 2 * H] = dc * i * (1.0 - g * g);
    result[gates + 3 * H] = dh * tanhCell * o * (1.0 - o);
    result[4 * plane + index] = dc * f * kept;
  }
  ${tanhWgsl}`,
};
