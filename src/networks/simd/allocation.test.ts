import { expect, it } from 'vitest';
import { parseEncoder } from '../../config/encoders.ts';
import type { NetworkSpec } from '../networkSpec.ts';
import { SimdInference } from './SimdInference.ts';

/** In a file of its own, so that the compiler has learned nothing from other networks. */
it('Inference by SIMD allocates nothing', () => {
  const spec: NetworkSpec = {
    observationSpace: { kind: 'box', shape: [10, 10, 4], dtype: 'uint8', low: [0], high: [1] },
    actionSpace: { kind: 'discrete', n: 3 },
    encoder: parseEncoder('conv 4 3x3 pad 1, dense 8 tanh'),
    lastActionReward: true,
    core: { kind: 'lstm', hidden: 8, layers: 1 },
    logStd: 'stateIndependent',
    observationNormalisation: true,
    rewardNormalisation: false,
  };
  const inference = new SimdInference(spec, 4);
  const infer = (count: number) => {
    for (let i = 0; i < count; i++) {
      if (i % 100 === 0) inference.parametersChanged();
      inference.observation[i % 400] = i % 2;
      inference.forward(4);
    }
  };
  infer(10_000);
  const before = process.memoryUsage().heapUsed;
  infer(20_000);
  // One boxed number a call would be 16 bytes; what the compiler itself leaves behind is far less than one.
  expect((process.memoryUsage().heapUsed - before) / 20_000).toBeLessThan(8);
});
