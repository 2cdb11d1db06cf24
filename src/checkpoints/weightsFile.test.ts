import { describe, expect, it } from 'vitest';
import { readFixture } from '../../test/fixtures.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { networkOf } from '../networks/networkOf.ts';
import { PlainInference } from '../networks/policyInference.ts';
import { decodeWeights } from './weightsFile.ts';

interface Recording {
  readonly rows: number;
  readonly observation: readonly number[];
  /** [1, rows, hidden] */
  readonly h: readonly number[];
  readonly c: readonly number[];
  readonly cases: readonly {
    readonly type: string;
    /** What `safetensors.torch.save` made of the module, base64. */
    readonly file: string;
    readonly policy: readonly number[];
    readonly baseline: readonly number[];
  }[];
}

describe('Weights that PyTorch wrote by its own safetensors library', () => {
  const { rows, observation, h, c, cases } = readFixture<Recording>('safetensors/lstm.json');
  const hidden = 8;
  const network = networkOf(hyperparametersOf('cartpole', { hiddenDim: hidden, featureDim: hidden, useLstm: true }));

  it.each(cases)('are the policy that they are there: $type', ({ file, policy, baseline }) => {
    const { parameters, hyperparameters } = decodeWeights(Buffer.from(file, 'base64'), network);
    expect(hyperparameters).toBeNull();
    const inference = new PlainInference(network, rows);
    inference.parameters.set(parameters);
    inference.parametersChanged();
    inference.observation.set(observation);
    for (let row = 0; row < rows; row++) {
      const ofRow = [row * hidden, (row + 1) * hidden] as const;
      inference.coreState.set([...h.slice(...ofRow), ...c.slice(...ofRow)], row * 2 * hidden);
    }
    inference.forward(rows);
    for (const [i, value] of policy.entries()) expect(inference.policyOutputs[i]).toBeCloseTo(value, 5);
    for (const [i, value] of baseline.entries()) expect(inference.baseline[i]).toBeCloseTo(value, 5);
  });
});
