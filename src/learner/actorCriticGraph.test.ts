import { dispose, mul, sum, tensor, tensor1d, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { networkSpecs } from '../../test/golden/networkSpecs.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { sizeOf } from '../envs/spaces.ts';
import { RandomStream } from '../math/randomStream.ts';
import { initialParameters } from '../networks/initialise.ts';
import { coreStateSize, type NetworkSpec } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { PlainInference } from '../networks/policyInference.ts';
import { flatGradient, headsOf, observationShape } from './actorCriticGraph.ts';
import { openBackend } from './backends.ts';

const [R, B] = [4, 2];

/** Inputs of R rows of B rollouts, the weights of a loss Σ heads · weights, and parameters. */
function makeCase(network: NetworkSpec) {
  const layout = parameterLayout(network);
  const random = new RandomStream(11, 'measurement');
  const normals = (n: number) => Float32Array.from({ length: n }, () => random.normal());
  const P = distributionFor(network.actionSpace).outputSize;
  const parameters = initialParameters(network, 'identity', 5, -0.5);
  return {
    layout,
    parameters,
    random,
    observation: normals(R * B * sizeOf(network.observationSpace)),
    extra: normals(R * B * layout.extraSize),
    /** Row 2 of the second rollout begins an episode. */
    keep: Float32Array.from({ length: R * B }, (_, i) => (i === 2 * B + 1 ? 0 : 1)),
    coreState: normals(B * coreStateSize(network)),
    lossWeights: normals(R * B * (P + 1)),
    P,
  };
}

type Case = ReturnType<typeof makeCase>;

function gradientByGraph(network: NetworkSpec, c: Case): Float32Array {
  const { core } = network;
  const gradient = tidy(() => {
    const input = {
      rows: R,
      B,
      observation: tensor(
        c.observation,
        observationShape(c.layout, R * B, sizeOf(network.observationSpace)),
        'float32',
      ),
      extra: c.extra.length > 0 ? tensor2d(c.extra, [R * B, c.layout.extraSize]) : null,
      keep: core ? tensor2d(c.keep, [R, B]) : null,
      coreState: core ? tensor4d(c.coreState, [core.layers, 2, B, core.hidden]) : null,
    };
    const weights = tensor2d(c.lossWeights, [R * B, c.P + 1]);
    return flatGradient(tensor1d(c.parameters.slice(0, c.layout.trainableSize)), c.layout, (w) =>
      sum(mul(headsOf(input, w, c.layout), weights)),
    );
  });
  const values = gradient.dataSync() as Float32Array;
  dispose(gradient);
  return values;
}

/** The same loss by the actors' inference, which shares no code with the graph. */
function lossByInference(network: NetworkSpec, c: Case, parameters: Float32Array): number {
  const inference = new PlainInference(network, B);
  inference.parameters.set(parameters);
  inference.parametersChanged();
  const observationSize = sizeOf(network.observationSpace);
  const { core } = network;
  const stateSize = coreStateSize(network);
  if (core) {
    for (let b = 0; b < B; b++) {
      for (let part = 0; part < 2 * core.layers; part++) {
        const from = (part * B + b) * core.hidden;
        inference.coreState.set(c.coreState.subarray(from, from + core.hidden), b * stateSize + part * core.hidden);
      }
    }
  }
  let loss = 0;
  for (let t = 0; t < R; t++) {
    for (let b = 0; b < B; b++)
      if (c.keep[t * B + b] === 0) inference.coreState.fill(0, b * stateSize, (b + 1) * stateSize);
    inference.observation.set(c.observation.subarray(t * B * observationSize, (t + 1) * B * observationSize));
    inference.forward(B);
    for (let b = 0; b < B; b++) {
      const at = (t * B + b) * (c.P + 1);
      for (let p = 0; p < c.P; p++) loss += c.lossWeights[at + p]! * inference.policyOutputs[b * c.P + p]!;
      loss += c.lossWeights[at + c.P]! * inference.baseline[b]!;
    }
    inference.coreState.set(inference.nextCoreState);
  }
  return loss;
}

describe('The gradient of a network', () => {
  beforeAll(() => openBackend('cpu'));

  it.each(networkSpecs)('is the slope of what actors compute: $name', ({ network }) => {
    const c = makeCase(network);
    // No last action, and a last reward of 0: what the inference sees when nothing is written.
    c.extra.fill(0);
    const gradient = gradientByGraph(network, c);
    const epsilon = 1e-3; // Small against the distance of most kinks of relu, large against float32.
    for (let direction = 0; direction < 3; direction++) {
      const step = gradient.map(() => c.random.normal() / Math.sqrt(gradient.length));
      const moved = (sign: number) => c.parameters.map((p, i) => p + sign * epsilon * (step[i] ?? 0));
      const slope = (lossByInference(network, c, moved(1)) - lossByInference(network, c, moved(-1))) / (2 * epsilon);
      const expected = gradient.reduce((total, g, i) => total + g * step[i]!, 0);
      const magnitude = Math.sqrt(gradient.reduce((total, g) => total + g * g, 0) / gradient.length);
      expect(Math.abs(slope - expected), `direction ${direction}`).toBeLessThan(
        0.02 * magnitude + 5e-3 * Math.abs(expected),
      );
    }
  });
});
