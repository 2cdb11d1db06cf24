/** Convolution and max-pooling of images [rows, height, width, channels], with gradients that are right and fast on every engine. */
import {
  add,
  conv2d,
  engine,
  matMul,
  maxPool as maxPoolOf,
  type NamedAttrMap,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ConvStage, ImageShape } from '../networks/parameterLayout.ts';
import { maxPoolGradKernel, type PatchesAttrs, patchesKernel } from './imageKernels.ts';
import {
  activate,
  type GradSaver,
  gradientBelowActivation,
  hasKernel,
  runKernel,
  runKernels,
  withGradient,
} from './operations.ts';
import { runOwnKernel } from './ownKernel.ts';

/** A whole convolution as one kernel, and its gradient: simd/convKernels.ts. Where an engine has none, it is composed of others. */
export const convKernel = 'PronkConv';
export const convGradKernel = 'PronkConvGrad';

export interface ConvGradAttrs {
  readonly stage: ConvStage;
  readonly wantsInputGradient: boolean;
}

/**
 * y = activation(x ⋆ W + b). The filter's gradient is one matrix product with patches: TensorFlow.js's wasm backend has none, and webgpu's uses one
 * thread for each weight.
 */
export function conv(x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, stage: ConvStage): Tensor4D {
  const forward = withGradient((x: Tensor, kernel: Tensor, bias: Tensor, save: GradSaver) => {
    const y = convForward(x as Tensor4D, kernel as Tensor4D, bias as Tensor1D, stage);
    save([x, kernel, y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, kernel, y] = saved as [Tensor4D, Tensor4D, Tensor4D];
        if (hasKernel(convGradKernel)) {
          const [ofKernel, ofBias, ofInput] = gradientsByKernel({ x, kernel, y, dy }, stage, true);
          return [ofInput!, ofKernel!, ofBias!];
        }
        const dz = gradientBelowActivation(dy as Tensor4D, y, stage.activation);
        return [
          inputGradient(dz, kernel, x.shape, stage),
          filterGradient(x, dz, kernel.shape, stage),
          biasGradient(dz),
        ];
      },
    };
  });
  return forward(x, kernel, bias) as Tensor4D;
}

/** `conv` of an image that nobody asks a gradient for. It must be made before differentiation begins. */
export function convOfConstant(x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, stage: ConvStage): Tensor4D {
  const forward = withGradient((kernel: Tensor, bias: Tensor, save: GradSaver) => {
    const y = convForward(x, kernel as Tensor4D, bias as Tensor1D, stage);
    save([kernel, y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kernel, y] = saved as [Tensor4D, Tensor4D];
        if (hasKernel(convGradKernel)) return gradientsByKernel({ x, kernel, y, dy }, stage, false);
        const dz = gradientBelowActivation(dy as Tensor4D, y, stage.activation);
        return [filterGradient(x, dz, kernel.shape, stage), biasGradient(dz)];
      },
    };
  });
  return forward(kernel, bias) as Tensor4D;
}

function convForward(x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, stage: ConvStage): Tensor4D {
  if (hasKernel(convKernel)) return runKernel(convKernel, { x, kernel, bias }, stage) as Tensor as Tensor4D;
  return activate(add(conv2d(x, kernel, stage.stride, stage.padding), bias) as Tensor4D, stage.activation);
}

function gradientsByKernel(
  inputs: Record<'x' | 'kernel' | 'y' | 'dy', Tensor>,
  stage: ConvStage,
  wantsInputGradient: boolean,
): Tensor[] {
  const attrs: ConvGradAttrs = { stage, wantsInputGradient };
  return runKernels(convGradKernel, inputs, attrs);
}

const biasGradient = (dz: Tensor4D): Tensor => sum(dz, [0, 1, 2]);

function filterGradient(x: Tensor4D, dz: Tensor4D, shape: number[], stage: ConvStage): Tensor {
  const rows = x.shape[0];
  const [height, width, channels] = stage.input;
  const [outHeight, outWidth, filters] = stage.output;
  const { kernel, stride, padding } = stage;
  const attrs: PatchesAttrs = { rows, height, width, channels, outHeight, outWidth, kernel, stride, padding };
  const patches = runOwnKernel(patchesKernel, [x], attrs) as Tensor2D;
  return matMul(patches, dz.reshape([rows * outHeight * outWidth, filters]) as Tensor2D).reshape(shape);
}

/** The transposed convolution, by the backend's own kernel. */
function inputGradient(dz: Tensor4D, kernel: Tensor4D, inputShape: number[], { stride, padding }: ConvStage): Tensor {
  const attrs = { strides: [stride, stride], pad: padding, dataFormat: 'NHWC', inputShape };
  return engine().runKernel(
    'Conv2DBackpropInput',
    { dy: dz, filter: kernel },
    attrs as unknown as NamedAttrMap,
  ) as Tensor;
}

/** Windows 3×3, stride 2, one pixel around: as PyTorch pads. */
export function maxPool(x: Tensor4D, input: ImageShape, output: ImageShape): Tensor4D {
  const forward = withGradient((x: Tensor, save: GradSaver) => {
    const y = maxPoolOf(x as Tensor4D, 3, 2, 1);
    save([x, y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, y] = saved as [Tensor4D, Tensor4D];
        const [height, width, channels] = input;
        const [outHeight, outWidth] = output;
        const attrs = { rows: x.shape[0], height, width, channels, outHeight, outWidth };
        return runOwnKernel(maxPoolGradKernel, [x, y, dy], attrs);
      },
    };
  });
  return forward(x) as Tensor4D;
}
