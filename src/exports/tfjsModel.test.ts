import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type NamedTensorMap, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportedNetworks } from '../../test/exportedNetworks.ts';
import { recordPolicy } from '../../test/policyRecording.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { encodeTfjs } from './tfjsModel.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

describe('A TensorFlow.js model, run by TensorFlow.js', () => {
  it.each(exportedNetworks)('computes what the actors compute: $name', async ({ network }) => {
    const { parameters, rows, ...recorded } = recordPolicy(network);
    const { observationSpace, actionSpace, core, lastActionReward } = network;
    const { json, weights } = encodeTfjs(parameters, network);
    const { modelTopology, weightsManifest, signature } = JSON.parse(JSON.stringify(json)) as typeof json;
    const model = await loadGraphModel(
      io.fromMemory({
        modelTopology,
        signature,
        weightSpecs: [...weightsManifest[0]!.weights] as io.WeightsManifestEntry[],
        weightData: weights.buffer,
      }),
    );
    const inputs: NamedTensorMap = {
      observation: tensor(recorded.observation, [rows, ...observationSpace.shape], 'float32'),
      ...(lastActionReward && {
        last_action: tensor(recorded.lastAction, [rows, distributionFor(actionSpace).actionSize], 'float32'),
        last_reward: tensor(recorded.lastReward, [rows], 'float32'),
      }),
      ...(core && {
        h: tensor(recorded.h, [core.layers, rows, core.hidden], 'float32'),
        c: tensor(recorded.c, [core.layers, rows, core.hidden], 'float32'),
      }),
    };
    const names = Object.keys(json.signature.outputs);
    const outputs = [model.execute(inputs, names)].flat() as Tensor[];
    const expected: Record<string, readonly number[]> = {
      policy: recorded.policy,
      baseline: recorded.baseline,
      next_h: recorded.nextH,
      next_c: recorded.nextC,
    };
    expect(names).toHaveLength(core ? 4 : 2);
    for (const [i, name] of names.entries()) expectClose(outputs[i]!.dataSync(), expected[name]!);
    model.dispose();
  });
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value), `at ${i}`).toBeLessThan(1e-5);
}
