/** The loss of every algorithm as a kernel: the gradient in closed form, and the sums. */
import { type Algorithm, commonCoefficients, type LossSettings } from '../algorithms/algorithm.ts';
import { lossOutputSize } from '../algorithms/lossLayout.ts';
import { algorithms } from '../algorithms/registry.ts';
import { distributionKey } from '../distributions/distributionWgsl.ts';
import type { OwnKernel } from './ownKernel.ts';

const kernels: ReadonlyMap<string, OwnKernel<LossSettings>> = new Map(
  algorithms.map((algorithm) => [algorithm.id, kernelOf(algorithm)]),
);

export const lossKernels = [...kernels.values()] as unknown as readonly OwnKernel<object>[];

export const lossKernelOf = ({ id }: Algorithm): OwnKernel<LossSettings> => kernels.get(id)!;

function kernelOf(algorithm: Algorithm): OwnKernel<LossSettings> {
  return {
    name: `Pronk${algorithm.name}Loss`,
    inputs: ['heads', 'steps', ...(algorithm.usesTargetNetwork ? ['oldHeads'] : [])],
    outputShape: (settings) => [lossOutputSize(settings)],
    host: ([heads, steps, oldHeads], settings, out) =>
      algorithm.loss({ heads: heads!, steps: steps!, oldHeads: oldHeads ?? null }, settings, out),
    numThreads: ({ B }) => B,
    uniforms: ({ T, B, scale, coefficients }) => [
      ['numSteps', 'int32', T],
      ['batchSize', 'int32', B],
      ['scale', 'float32', scale],
      ...[...commonCoefficients, ...algorithm.coefficients].map(
        (name) => [name, 'float32', coefficients[name]!] as const,
      ),
    ],
    wgsl: ({ distribution }) => algorithm.wgsl(distribution),
    wgslKey: ({ distribution }) => distributionKey(distribution),
  };
}
