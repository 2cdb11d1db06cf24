/** What inference by SIMD must compute, to the bit, on every engine. Called by a unit test for Node and by a browser test. */
import { describe, expect, it } from 'vitest';
import { parseEncoder } from '../../src/config/encoders.ts';
import { RandomStream } from '../../src/math/randomStream.ts';
import { initialParameters } from '../../src/networks/initialise.ts';
import type { NetworkSpec } from '../../src/networks/networkSpec.ts';
import { SimdInference } from '../../src/networks/simd/SimdInference.ts';
import { describeInference } from './networkChecks.ts';

const image: NetworkSpec = {
  observationSpace: { kind: 'box', shape: [21, 20, 3], dtype: 'uint8', low: [0], high: [255] },
  actionSpace: { kind: 'discrete', n: 5 },
  encoder: parseEncoder('conv 8 4x4 stride 2 tanh, residual 6, relu, dense 30 tanh'),
  lastActionReward: true,
  core: { kind: 'lstm', hidden: 11, layers: 2 },
  logStd: 'stateIndependent',
  observationNormalisation: true,
  rewardNormalisation: false,
};

export function describeSimd(): void {
  describeInference('SIMD', (network, rows) => new SimdInference(network, rows));

  describe('Inference by SIMD', () => {
    it('gives the same bits on every machine', () => {
      expect(hashOfEpisode()).toBe('f68597d4');
    });
  });
}

/** Ten steps of six rows, each with the recurrent state of the one before. */
function hashOfEpisode(): string {
  const inference = new SimdInference(image, 6);
  inference.parameters.set(initialParameters(image, 'identity', 1));
  inference.parametersChanged();
  const random = new RandomStream(1, 'measurement');
  let hash = 0x811c9dc5; // FNV-1a
  for (let step = 0; step < 10; step++) {
    for (let i = 0; i < inference.observation.length; i++) inference.observation[i] = random.below(256);
    for (let i = 0; i < inference.lastAction.length; i++) inference.lastAction[i] = random.below(5);
    for (let i = 0; i < inference.lastReward.length; i++) inference.lastReward[i] = random.uniform();
    inference.forward(6);
    inference.coreState.set(inference.nextCoreState);
    for (const values of [inference.policyOutputs, inference.baseline, inference.nextCoreState]) {
      for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) {
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
      }
    }
  }
  return hash.toString(16);
}
