import type { Activation } from '../../networks/networkSpec.ts';
import type { Address } from './trainingKernels.ts';
import type { WasmArrays } from './WasmArrays.ts';

/** y = activation(y), in place */
export function activate({ kernels }: WasmArrays, activation: Activation, y: Address, count: number): void {
  if (activation === 'tanh') kernels.tangents(y, y, count);
  if (activation === 'relu') kernels.rectify(y, y, count);
}

/** Where the gradient below y = activation(z) is: dy itself where there is no activation. */
export function slope(arrays: WasmArrays, activation: Activation, dy: Address, y: Address, count: number): Address {
  if (activation === 'linear') return dy;
  const dz = arrays.scratch(count);
  if (activation === 'tanh') arrays.kernels.slopeOfTanh(dy, y, dz, count);
  else arrays.kernels.slopeOfRelu(dy, y, dz, count);
  return dz;
}
