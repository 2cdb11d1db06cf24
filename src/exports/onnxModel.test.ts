import { InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { exportedNetworks } from '../../test/exportedNetworks.ts';
import { recordPolicy } from '../../test/policyRecording.ts';
import { distributionFor } from '../distributions/distribution.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { encodeOnnx } from './onnxModel.ts';

describe('An ONNX model, run by onnxruntime', () => {
  it.each(exportedNetworks)('computes what the actors compute: $name', async ({ network }) => {
    const { parameters, rows, ...recorded } = recordPolicy(network);
    const session = await InferenceSession.create(encodeOnnx(parameters, network));
    const results = await session.run(feeds(network, rows, recorded));
    expectClose(results.policy!.data, recorded.policy);
    expectClose(results.baseline!.data, recorded.baseline);
    if (!network.core) return;
    expectClose(results.next_h!.data, recorded.nextH);
    expectClose(results.next_c!.data, recorded.nextC);
  });
});

type Recorded = Omit<ReturnType<typeof recordPolicy>, 'parameters' | 'rows'>;

function feeds(network: NetworkSpec, rows: number, recorded: Recorded): Record<string, Tensor> {
  const { observationSpace, actionSpace, core, lastActionReward } = network;
  const { actionSize } = distributionFor(actionSpace);
  const floats = (values: readonly number[], shape: readonly number[]) =>
    new Tensor('float32', Float32Array.from(values), shape);
  const observationShape = [rows, ...observationSpace.shape];
  return {
    observation:
      observationSpace.dtype === 'uint8'
        ? new Tensor('uint8', Uint8Array.from(recorded.observation), observationShape)
        : floats(recorded.observation, observationShape),
    ...(lastActionReward && {
      last_action:
        actionSpace.kind === 'box'
          ? floats(recorded.lastAction, [rows, actionSize])
          : new Tensor('int32', Int32Array.from(recorded.lastAction), [rows, actionSize]),
      last_reward: floats(recorded.lastReward, [rows]),
    }),
    ...(core && {
      h: floats(recorded.h, [core.layers, rows, core.hidden]),
      c: floats(recorded.c, [core.layers, rows, core.hidden]),
    }),
  };
}

function expectClose(actual: Tensor['data'], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs((actual[i] as number) - value), `at ${i}`).toBeLessThan(1e-5);
}
