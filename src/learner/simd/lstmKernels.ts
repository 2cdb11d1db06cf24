/** A whole LSTM layer over a rollout, forward and backward, as one kernel each: a step of a small batch is too short for calls. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { LstmShape } from '../lstmOperation.ts';
import type { WasmArrays } from './WasmArrays.ts';

/** Bytes of a float. */
const one = 4;

/**
 * inputs: those of `lstmWithCell`.
 * outputs: outputs and below them the last cell [(rows + 1)·B, H]; gates [rows·B, 4H]; cells [(rows + 1)·B, H], the initial one first;
 * kept [rows·B, H]: the output that each step sees of the one before
 */
export function lstm(
  arrays: WasmArrays,
  {
    x,
    h0,
    c0,
    keep,
    inputKernel,
    recurrentKernel,
    inputBias,
    recurrentBias,
  }: Record<'x' | 'h0' | 'c0' | 'keep' | 'inputKernel' | 'recurrentKernel' | 'inputBias' | 'recurrentBias', TensorInfo>,
  { rows, B, H }: LstmShape,
): TensorInfo[] {
  const { kernels } = arrays;
  const inner = x.shape[1]!;
  const plane = B * H;
  const all = {
    outputs: arrays.allocate([(rows + 1) * B, H]),
    gates: arrays.allocate([rows * B, 4 * H]),
    cells: arrays.allocate([(rows + 1) * B, H]),
    kept: arrays.allocate([rows * B, H]),
  };
  const bias = arrays.scratch(4 * H);
  const packedInput = arrays.pack(arrays.at(inputKernel), inner, 4 * H);
  const packed = arrays.pack(arrays.at(recurrentKernel), H, 4 * H);
  const [outputs, gates, cells, kept] = Object.values(all).map((tensor) => arrays.at(tensor)) as Four;
  const keepAt = arrays.at(keep);
  kernels.add(arrays.at(inputBias), arrays.at(recurrentBias), bias, 4 * H);
  kernels.product(arrays.at(x), packedInput, bias, gates, rows * B, inner, 4 * H);
  kernels.copy(arrays.at(c0), cells, plane);
  for (let t = 0; t < rows; t++) {
    const before = t === 0 ? arrays.at(h0) : outputs + (t - 1) * plane * one;
    const [now, keepNow] = [t * plane * one, keepAt + t * B * one];
    kernels.keepRows(before, keepNow, kept + now, B, H);
    kernels.product(kept + now, packed, 0, gates + 4 * now, B, H, 4 * H);
    kernels.lstmStep(gates + 4 * now, cells + now, keepNow, cells + now + plane * one, outputs + now, B, H);
  }
  kernels.copy(cells + rows * plane * one, outputs + rows * plane * one, plane);
  return Object.values(all);
}

/**
 * inputs: those of `lstm` and what it gave; dy [(rows + 1)·B, H]: of the outputs and of the last cell.
 * outputs: gradients of x, h0, c0, the two kernels, and either bias
 */
export function lstmGrad(
  arrays: WasmArrays,
  {
    dy,
    x,
    keep,
    inputKernel,
    recurrentKernel,
    gates,
    cells,
    kept,
  }: Record<'dy' | 'x' | 'keep' | 'inputKernel' | 'recurrentKernel' | 'gates' | 'cells' | 'kept', TensorInfo>,
  { rows, B, H }: LstmShape,
): TensorInfo[] {
  const { kernels } = arrays;
  const inner = x.shape[1]!;
  const plane = B * H;
  const dx = arrays.allocate([rows * B, inner]);
  const dh0 = arrays.allocate([B, H]);
  const dc0 = arrays.allocate([B, H]);
  const dGates = arrays.scratch(rows * 4 * plane);
  const recurrent = arrays.scratch(plane);
  const dh = arrays.scratch(plane);
  const packed = arrays.packTransposed(arrays.at(recurrentKernel), 4 * H, H);
  const packedInput = arrays.packTransposed(arrays.at(inputKernel), 4 * H, inner);
  const [dyAt, keepAt, gatesAt, cellsAt] = [dy, keep, gates, cells].map((tensor) => arrays.at(tensor)) as Four;
  /** What step t's gates hand back to the output before them. */
  const handBack = (t: number, to: number) => {
    kernels.clear(to, plane);
    kernels.product(dGates + 4 * t * plane * one, packed, 0, to, B, 4 * H, H);
    kernels.keepRows(to, keepAt + t * B * one, to, B, H);
  };
  const dc = arrays.at(dc0);
  kernels.copy(dyAt + rows * plane * one, dc, plane);
  for (let t = rows - 1; t >= 0; t--) {
    const now = t * plane * one;
    if (t + 1 < rows) {
      handBack(t + 1, recurrent);
      kernels.add(dyAt + now, recurrent, dh, plane);
    } else kernels.copy(dyAt + now, dh, plane);
    const [before, after] = [cellsAt + now, cellsAt + now + plane * one];
    kernels.lstmStepGradient(gatesAt + 4 * now, before, keepAt + t * B * one, after, dh, dc, dGates + 4 * now, B, H);
  }
  handBack(0, arrays.at(dh0));
  kernels.clear(arrays.at(dx), rows * B * inner);
  kernels.product(dGates, packedInput, 0, arrays.at(dx), rows * B, 4 * H, inner);
  return [
    dx,
    dh0,
    dc0,
    arrays.transposedProduct(arrays.at(x), dGates, rows * B, inner, 4 * H),
    arrays.transposedProduct(arrays.at(kept), dGates, rows * B, H, 4 * H),
    arrays.columnSums(dGates, rows * B, 4 * H),
  ];
}

type Four = [number, number, number, number];
