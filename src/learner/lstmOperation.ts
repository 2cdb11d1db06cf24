/** One LSTM layer unrolled over a whole rollout, with back-propagation through all of it. */
import {
  add,
  concat,
  fused,
  matMul,
  mul,
  slice,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import { type LstmStepAttrs, lstmStepGradKernel, lstmStepKernel, planes } from './lstmKernels.ts';
import { type GradSaver, hasKernel, runKernels, withGradient } from './operations.ts';
import { runOwnKernel } from './ownKernel.ts';

/** A whole layer as one kernel, and its gradient: simd/lstmKernels.ts. Where an engine has none, steps are made one by one. */
export const lstmKernel = 'PronkLstm';
export const lstmGradKernel = 'PronkLstmGrad';

export interface LstmShape {
  /** T + 1 */
  readonly rows: number;
  readonly B: number;
  /** Hidden units */
  readonly H: number;
}

export interface LstmWeights {
  /** [in, 4H], gates in the order i, f, g, o */
  readonly inputKernel: Tensor2D;
  /** [H, 4H] */
  readonly recurrentKernel: Tensor2D;
  /** [4H] each; they add up */
  readonly inputBias: Tensor1D;
  readonly recurrentBias: Tensor1D;
}

/**
 * @param x [rows·B, in], time-major
 * @param h0 [B, H] and
 * @param c0 [B, H]: state before row 0
 * @param keep [rows, B]: 0 where a row begins an episode, so that the state before it does not count; else 1
 * @returns outputs [rows·B, H]
 */
export function lstm(
  x: Tensor2D,
  h0: Tensor2D,
  c0: Tensor2D,
  keep: Tensor2D,
  weights: LstmWeights,
  shape: LstmShape,
): Tensor2D {
  return slice(lstmWithCell(x, h0, c0, keep, weights, shape), [0, 0], [shape.rows * shape.B, shape.H]);
}

/** The same, and below the outputs the last cell: [rows·B + B, H]. */
export function lstmWithCell(
  x: Tensor2D,
  h0: Tensor2D,
  c0: Tensor2D,
  keep: Tensor2D,
  weights: LstmWeights,
  shape: LstmShape,
): Tensor2D {
  const forward = withGradient(
    (
      x: Tensor,
      h0: Tensor,
      c0: Tensor,
      inputKernel: Tensor,
      recurrentKernel: Tensor,
      inputBias: Tensor,
      recurrentBias: Tensor,
      save: GradSaver,
    ) => {
      if (hasKernel(lstmKernel)) {
        const inputs = { x, h0, c0, keep, inputKernel, recurrentKernel, inputBias, recurrentBias };
        const [outputs, ...records] = runKernels(lstmKernel, inputs, shape);
        save([x, inputKernel, recurrentKernel, ...records]);
        return {
          value: outputs!,
          gradFunc: (dy: Tensor, saved: Tensor[]) => gradientsByKernel(dy, saved, keep, shape),
        };
      }
      const bias = add(inputBias, recurrentBias) as Tensor1D;
      const projected = fused.matMul({ a: x as Tensor2D, b: inputKernel as Tensor2D, bias });
      const records = unroll(projected, h0 as Tensor2D, c0 as Tensor2D, keep, recurrentKernel as Tensor2D, shape);
      const outputs = concat([
        ...records.slice(1).map((record) => planeOf(record, planes.output, shape)),
        planeOf(records[shape.rows]!, planes.cell, shape),
      ]);
      save([x, inputKernel, recurrentKernel, ...records]);
      return {
        value: outputs,
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const [x, inputKernel, recurrentKernel, ...records] = saved as [Tensor2D, Tensor2D, Tensor2D, ...Tensor[]];
          const { gates, h0: dh0, c0: dc0 } = unrollGradient(dy, records, keep, recurrentKernel, shape);
          const kept = concat(records.slice(0, -1).map((record) => planeOf(record, planes.kept, shape)));
          const biasGradient = sum(gates, 0);
          return [
            matMul(gates, transpose(inputKernel)),
            dh0,
            dc0,
            matMul(transpose(x), gates),
            matMul(transpose(kept), gates),
            biasGradient,
            biasGradient.clone(),
          ];
        },
      };
    },
  );
  const { inputKernel, recurrentKernel, inputBias, recurrentBias } = weights;
  return forward(x, h0, c0, inputKernel, recurrentKernel, inputBias, recurrentBias) as Tensor2D;
}

function gradientsByKernel(dy: Tensor, saved: readonly Tensor[], keep: Tensor, shape: LstmShape): Tensor[] {
  const [x, inputKernel, recurrentKernel, gates, cells, kept] = saved as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const inputs = { dy, x, keep, inputKernel, recurrentKernel, gates, cells, kept };
  const gradients = runKernels(lstmGradKernel, inputs, shape);
  return [...gradients, gradients.at(-1)!.clone()];
}

/** Records [7, B, H] of the initial state and of every row. */
function unroll(
  projected: Tensor,
  h0: Tensor2D,
  c0: Tensor2D,
  keep: Tensor2D,
  recurrentKernel: Tensor2D,
  shape: LstmShape,
): Tensor[] {
  const records = [initialRecord(h0, c0, keep, shape)];
  for (let t = 0; t < shape.rows; t++) {
    const before = records[t]!;
    const recurrent = matMul(planeOf(before, planes.kept, shape), recurrentKernel);
    records.push(runOwnKernel(lstmStepKernel, [projected, recurrent, before, keep], attrsAt(t, shape)));
  }
  return records;
}

function initialRecord(h0: Tensor2D, c0: Tensor2D, keep: Tensor2D, { B, H }: LstmShape): Tensor {
  const keepFirst = slice(keep, [0, 0], [1, B]).reshape([B, 1]);
  const unused = (count: number) => zeros([count, B, H]);
  return concat([unused(4), c0.reshape([1, B, H]), unused(1), mul(h0, keepFirst).reshape([1, B, H])]);
}

/** Gradients of the gates' inputs [rows·B, 4H] and of the initial state, from the last row to the first. */
function unrollGradient(
  dy: Tensor,
  records: readonly Tensor[],
  keep: Tensor2D,
  recurrentKernel: Tensor2D,
  shape: LstmShape,
): { gates: Tensor2D; h0: Tensor; c0: Tensor } {
  const { rows, B, H } = shape;
  const transposed = transpose(recurrentKernel);
  const gatesOf = (result: Tensor) => slice(result, [0], [4 * B * H]).reshape([B, 4 * H]) as Tensor2D;
  const gates: Tensor2D[] = [];
  const cellGradient = slice(dy, [rows * B, 0], [B, H]).reshape([B * H]);
  let later: Tensor = concat([zeros([4 * B * H]), cellGradient]);
  let recurrent: Tensor = zeros([B, H]);
  for (let t = rows - 1; t >= 0; t--) {
    const inputs = [records[t + 1]!, records[t]!, dy, recurrent, later, keep];
    later = runOwnKernel(lstmStepGradKernel, inputs, attrsAt(t, shape));
    gates.unshift(gatesOf(later));
    recurrent = matMul(gates[0]!, transposed);
  }
  const keepFirst = slice(keep, [0, 0], [1, B]).reshape([B, 1]);
  return {
    gates: concat(gates),
    h0: mul(recurrent, keepFirst),
    c0: slice(later, [4 * B * H], [B * H]).reshape([B, H]),
  };
}

const attrsAt = (t: number, shape: LstmShape): LstmStepAttrs => ({ t, ...shape });

const planeOf = (record: Tensor, plane: number, { B, H }: LstmShape): Tensor2D =>
  slice(record, [plane, 0, 0], [1, B, H]).reshape([B, H]) as Tensor2D;
