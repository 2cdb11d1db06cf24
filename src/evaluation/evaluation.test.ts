import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../checkpoints/safetensors.ts';
import { encodeWeights } from '../checkpoints/weightsFile.ts';
import { defaultHyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { assess } from '../playback/assess.ts';
import { filmName } from './filmName.ts';
import { loadPolicy, type PolicySource } from './policySource.ts';
import { episodesCsv, reportJson } from './reports.ts';

const h = hyperparametersOf('cartpole');
const network = networkSpecFor(findEnv(h.env).spec, h);
const parameters = initialParameters(network, 'orthogonal', 1);

const sourceOf = (file: Uint8Array): PolicySource => ({
  id: 'a',
  run: 'a',
  name: 'mine.safetensors',
  detail: '',
  isPresent: false,
  frames: () => 1600,
  read: async () => file,
});

describe('A policy from a file', () => {
  it('plays where, and with the network, that the file says', async () => {
    const policy = await loadPolicy(sourceOf(encodeWeights(parameters, network, h)), defaultHyperparameters);
    expect(policy).toMatchObject({ env: 'CartPole-v1', frames: 1600, playable: { network } });
    expect(policy.playable.parameters).toEqual(parameters);
  });

  it('is read for the settings given, where the file does not say', async () => {
    const { tensors } = decodeSafetensors(encodeWeights(parameters, network, h));
    const foreign = sourceOf(encodeSafetensors({ tensors, metadata: {} }));
    expect((await loadPolicy(foreign, h)).playable.parameters).toEqual(parameters);
    await expect(loadPolicy(foreign, { ...h, hiddenDim: 32 })).rejects.toThrow(
      /^mine.safetensors: .*encoder.0.weight has the shape \[64, 4\], not \[32, 4\]/,
    );
  });
});

describe('The name of a film', () => {
  const policy = { name: 'lunar-impala-07', frames: 1_200_000, episodeReturn: 271.3 };

  it('says run, step, seed and return', () => {
    expect(filmName([policy], 1016, 'mp4')).toBe('lunar-impala-07_1200k_seed1016_ret271.mp4');
  });

  it('holds nothing that a file system minds, and leaves out what nobody knows', () => {
    const file = { ...policy, name: 'a/b c:1.safetensors', frames: null, episodeReturn: -0.756 };
    expect(filmName([file], 1016, 'gif')).toBe('a-b-c-1_seed1016_ret-0.76.gif');
  });

  it('says both policies and returns where two are side by side', () => {
    const early = { ...policy, frames: 200_000, episodeReturn: -120.4 };
    expect(filmName([early, policy], 1016, 'webm')).toBe(
      'lunar-impala-07_200k_vs_lunar-impala-07_1200k_seed1016_ret-120_vs_271.webm',
    );
  });
});

describe('What people take away', () => {
  const playable = { network, rewardClipping: 'none', parameters } as const;
  const settings = { episodes: 3, firstSeed: 5, greedy: true, maxSteps: null };
  const assessment = assess({ env: h.env, policies: [playable, playable], ...settings });
  const policies = [
    { title: 'one, "the first"', frames: null },
    { title: 'two', frames: 1600 },
  ];

  it('is a CSV with one row for each episode', () => {
    const [header, ...rows] = episodesCsv(policies, assessment).trimEnd().split('\n');
    const { return: episodeReturn, length } = assessment.policies[0]!.played[0]!;
    expect(header).toBe('policy,seed,return,length,end');
    expect(rows).toHaveLength(6);
    expect(rows[0]).toBe(`"one, ""the first""",5,${episodeReturn},${length},terminated`);
    expect(rows[5]).toMatch(/^two,7,/);
  });

  it('is a JSON report from which every figure can be computed again', () => {
    const report = JSON.parse(reportJson(h.env, policies, settings, assessment));
    expect(report).toMatchObject({ env: 'CartPole-v1', ...settings, comparison: assessment.comparison });
    const { iqm, iqmCi95 } = assessment.policies[1]!;
    expect(report.policies[1]).toMatchObject({ policy: 'two', frames: 1600, iqm, iqmCi95 });
    expect(report.policies[1].episodes[2]).toMatchObject({ seed: 7, end: 'terminated' });
  });
});
