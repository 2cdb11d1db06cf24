/** The operations the learner's graph is made of, each with the gradient that is fastest on these engines. */
import {
  customGrad,
  engine,
  getBackend,
  getKernel,
  mul,
  type NamedAttrMap,
  relu,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Algorithm, LossSettings } from '../algorithms/algorithm.ts';
import { headsSize } from '../algorithms/lossLayout.ts';
import { lossSums } from '../metrics/metrics.ts';
import type { Activation } from '../networks/networkSpec.ts';
import {
  type DenseGradAttrs,
  denseGradKernel,
  denseKernel,
  joinKernel,
  type SplitAttrs,
  splitKernel,
} from './composedKernels.ts';
import { slopeKernel } from './gradientKernels.ts';
import { lossKernelOf } from './lossKernels.ts';
import { type OptimizerStepAttrs, optimizerStepKernel } from './optimizerStep.ts';
import { runOwnKernel } from './ownKernel.ts';

export type GradSaver = (tensors: Tensor[]) => void;

/** `customGrad`, typed by the function's own arguments: TensorFlow.js only knows a list of tensors or savers. */
export const withGradient = <Inputs extends unknown[]>(
  f: (...inputs: Inputs) => { value: Tensor; gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[] },
): ((...tensors: Tensor[]) => Tensor) => customGrad(f as unknown as Parameters<typeof customGrad>[0]);

export const runKernel = (name: string, inputs: Record<string, Tensor>, attrs: object): Tensor =>
  engine().runKernel(name, inputs, attrs as NamedAttrMap) as Tensor;

/** Whether the current engine has a kernel of this name. */
export const hasKernel = (name: string): boolean => getKernel(name, getBackend()) !== undefined;

export const runKernels = (name: string, inputs: Record<string, Tensor>, attrs: object): Tensor[] =>
  engine().runKernel(name, inputs, attrs as NamedAttrMap) as Tensor[];

/** y = activation(x·W + b), x [rows, in], W [in, out], b [out]. */
export function dense(x: Tensor2D, kernel: Tensor2D, bias: Tensor1D, activation: Activation): Tensor2D {
  const forward = withGradient((x: Tensor, kernel: Tensor, bias: Tensor, save: GradSaver) => {
    const y = runKernel(denseKernel, { x, kernel, bias }, { activation });
    save([x, kernel, y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, kernel, y] = saved as [Tensor, Tensor, Tensor];
        const attrs: DenseGradAttrs = { activation, wantsInputGradient: true };
        const [ofKernel, ofBias, ofInput] = runKernels(denseGradKernel, { x, kernel, y, dy }, attrs);
        return [ofInput!, ofKernel!, ofBias!];
      },
    };
  });
  return forward(x, kernel, bias) as Tensor2D;
}

/** `dense` of an input that nobody asks a gradient for, such as an observation: a matrix product less. The input must be made before differentiation begins. */
export function denseOfConstant(x: Tensor2D, kernel: Tensor2D, bias: Tensor1D, activation: Activation): Tensor2D {
  const forward = withGradient((kernel: Tensor, bias: Tensor, save: GradSaver) => {
    const y = runKernel(denseKernel, { x, kernel, bias }, { activation });
    save([kernel, y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kernel, y] = saved as [Tensor, Tensor];
        const attrs: DenseGradAttrs = { activation, wantsInputGradient: false };
        return runKernels(denseGradKernel, { x, kernel, y, dy }, attrs);
      },
    };
  });
  return forward(kernel, bias) as Tensor2D;
}

/** Tensors of a flat one. */
export const split = (x: Tensor1D, blocks: SplitAttrs['blocks']): Tensor[] =>
  runKernels(splitKernel, { x }, { blocks });

/** Tensors one after the other as a flat one. */
export const join = (tensors: readonly Tensor[]): Tensor1D =>
  runKernel(joinKernel, Object.fromEntries(tensors.map((tensor, i) => [`${i}`, tensor])), {}) as Tensor1D;

export const activate = <Shape extends Tensor>(z: Shape, activation: Activation): Shape =>
  activation === 'tanh' ? (tanh(z) as Shape) : activation === 'relu' ? (relu(z) as Shape) : z;

/** dz, where y = activation(z). */
export const gradientBelowActivation = <Shape extends Tensor>(dy: Shape, y: Shape, activation: Activation): Shape =>
  activation === 'linear' ? dy : (runOwnKernel(slopeKernel, [dy, y], { activation, shape: y.shape }) as Shape);

/**
 * An algorithm's loss of heads [(T + 1)·B, P + 1], packed steps [T·B, P + A + 4] and, with a target network, its heads, as one fused
 * kernel whose gradient is in closed form.
 * @returns the loss, a scalar to differentiate with respect to `heads`, and through `keepSums` the sums [B, lossSums] over each rollout
 */
export function lossOf(
  algorithm: Algorithm,
  { heads, steps, oldHeads }: { heads: Tensor2D; steps: Tensor2D; oldHeads: Tensor2D | null },
  settings: LossSettings,
  keepSums: (sums: Tensor2D) => void,
): Tensor {
  const size = headsSize(settings);
  const { B } = settings;
  const forward = withGradient((heads: Tensor, save: GradSaver) => {
    const inputs = oldHeads ? [heads, steps, oldHeads] : [heads, steps];
    const packed = runOwnKernel(lossKernelOf(algorithm), inputs, settings) as Tensor1D;
    const [gradient, sums] = split(packed, [
      { at: 0, shape: heads.shape },
      { at: size, shape: [B, lossSums.length] },
    ]) as [Tensor2D, Tensor2D];
    keepSums(sums);
    save([gradient]);
    return {
      value: totalOf(sums, settings),
      gradFunc: (dy: Tensor, saved: Tensor[]) => mul(dy, saved[0]!),
    };
  });
  return forward(heads);
}

/** scale · (policy + baselineCoef · baseline − entCoef · entropy), from the sums. */
const totalOf = (sums: Tensor2D, { scale, coefficients }: LossSettings): Tensor =>
  tidy(() => sum(mul(sums, [[scale, scale * coefficients.baselineCoef, -scale * coefficients.entCoef, 0, 0]])));

/** One optimiser step over the flat state [3P] with a gradient [P] whose squared global norm is a scalar, and the rates [3] of this step: the new state. */
export const optimizerStepOf = (
  state: Tensor1D,
  gradient: Tensor1D,
  squaredNorm: Tensor,
  rates: Tensor1D,
  attrs: OptimizerStepAttrs,
): Tensor1D => runOwnKernel(optimizerStepKernel, [state, gradient, squaredNorm, rates], attrs) as Tensor1D;
