/** The network of a spec as TensorFlow.js operations on one flat tensor of parameters. */
import { concat, grads, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { DenseLayer, ParameterLayout } from '../networks/networkSpec.ts';
import { dense, denseOfConstant } from './operations.ts';

/** The kernel and the bias of each layer, encoder first, heads last: slices of the flat parameters, in the order of the layout. */
export function sliceLayers(parameters: Tensor1D, layout: ParameterLayout): Tensor[] {
  return [...layout.encoder, layout.heads].flatMap(({ kernelAt, biasAt, inputSize, outputSize }) => [
    parameters.slice([kernelAt], [inputSize * outputSize]).reshape([inputSize, outputSize]),
    parameters.slice([biasAt], [outputSize]),
  ]);
}

/**
 * Both heads of every row: [rows, P + 1].
 * @param observation [rows, observationSize]
 * @param extra [rows, A + 1]: last action (one-hot) and last reward, or null where the network does not use them
 */
export function headsOf(
  observation: Tensor2D,
  extra: Tensor2D | null,
  layers: readonly Tensor[],
  layout: ParameterLayout,
): Tensor2D {
  const apply = (operation: typeof dense, x: Tensor2D, layer: DenseLayer, index: number): Tensor2D =>
    operation(x, layers[2 * index] as Tensor2D, layers[2 * index + 1] as Tensor1D, layer.activation);
  let features = observation;
  for (const [index, layer] of layout.encoder.entries()) {
    features = apply(index === 0 ? denseOfConstant : dense, features, layer, index);
  }
  return apply(dense, extra ? concat([features, extra], 1) : features, layout.heads, layout.encoder.length);
}

/** The gradient of `loss` with respect to the flat parameters: [P]. */
export function flatGradient(
  parameters: Tensor1D,
  layout: ParameterLayout,
  loss: (layers: readonly Tensor[]) => Tensor,
): Tensor1D {
  const layers = sliceLayers(parameters, layout);
  const gradients = grads((...tensors: Tensor[]) => loss(tensors))(layers);
  return concat(gradients.map((gradient) => gradient.flatten()));
}
