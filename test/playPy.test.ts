/** The exported play.py against our own inference and evaluation. Needs a Python with PyTorch and Gymnasium, by default `python3`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeWeights } from '../src/checkpoints/weightsFile.ts';
import { defaultHyperparameters, type Hyperparameters } from '../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../src/config/presets.ts';
import { initialParameters } from '../src/networks/initialise.ts';
import { networkOf } from '../src/networks/networkOf.ts';
import { assess } from '../src/playback/assess.ts';
import { exportedNetworks } from './exportedNetworks.ts';
import { recordPolicy } from './policyRecording.ts';

const exportsFolder = join(import.meta.dirname, '../src/exports');
const python = process.env.PYTHON ?? 'python3';
const hasTorch = spawnSync(python, ['-c', 'import gymnasium, numpy, torch']).status === 0;

function run(program: string, parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python, [program, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: exportsFolder, PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describe('play.py', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pronk-play-'));
  const write = (name: string, contents: Uint8Array | string): string => {
    const path = join(folder, name);
    writeFileSync(path, contents);
    return path;
  };

  beforeEach(({ skip }) => skip(!hasTorch, `${python} has no torch and gymnasium: play.py was not run.`));

  it('computes what the actors compute, for every kind of network', () => {
    const cases = exportedNetworks.map(({ name, network }, i) => {
      const recording = recordPolicy(network);
      const weights = write(`${i}.safetensors`, encodeWeights(recording.parameters, network, defaultHyperparameters));
      return { name, recording, input: { ...recording, parameters: undefined, weights } };
    });
    const file = write('cases.json', JSON.stringify(cases.map(({ input }) => input)));
    const results = JSON.parse(run(join(import.meta.dirname, 'computePlayPy.py'), [file]));
    for (const [i, { name, recording }] of cases.entries()) {
      for (const output of ['policy', 'baseline', 'nextH', 'nextC'] as const) {
        const [actual, expected] = [results[i][output] as number[], recording[output]];
        expect(actual.length, `${name}: ${output}`).toBe(expected.length);
        const worst = Math.max(
          0,
          ...expected.map((value, j) => Math.abs(actual[j]! - value) / Math.max(1, Math.abs(value))),
        );
        expect(worst, `${name}: ${output}`).toBeLessThan(1e-5);
      }
    }
  }, 120_000);

  it.each<[string, Partial<Hyperparameters>]>([
    ['Acrobot-v1', {}],
    ['CartPole-v1', { useLstm: true, lastActionReward: true, observationNormalisation: true }],
    ['Pendulum-v1', { rewardClipping: 'softAsymmetric', lastActionReward: true }],
  ])(
    'comes to the return that our evaluation comes to on %s, %j',
    (env, changes) => {
      const h = hyperparametersOf('cartpole', { env, ...changes });
      const network = networkOf(h);
      const parameters = initialParameters(network, 'orthogonal', 1);
      const weights = write('played.safetensors', encodeWeights(parameters, network, h));
      const printed = run(join(exportsFolder, 'play.py'), [weights, '--episodes', '50', '--seed', '1000']);
      const policy = { network, rewardClipping: h.rewardClipping, parameters };
      const settings = { episodes: 50, firstSeed: 1000, greedy: true, maxSteps: null };
      const { mean, std } = assess({ env, policies: [policy], ...settings }).policies[0]!;
      const [, theirs] = /mean return (-?[\d.]+)/.exec(printed)!;
      // Seeds begin the same episodes; a rounding error may end one a little earlier.
      expect(Math.abs(Number(theirs) - mean)).toBeLessThan((0.2 * std) / Math.sqrt(50) + 0.01);
    },
    120_000,
  );
});
