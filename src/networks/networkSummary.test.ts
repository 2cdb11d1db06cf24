import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { envDefinitions, findEnv } from '../envs/registry.ts';
import { networkSpecFor } from './networkSpec.ts';
import { summariseNetwork } from './networkSummary.ts';
import { forwardFlops, parameterLayout } from './parameterLayout.ts';

describe('The summary of a network', () => {
  it.each(envDefinitions.map(({ spec }) => spec.id))('accounts for every parameter and operation on %s', (env) => {
    for (const useLstm of [false, true]) {
      const network = networkSpecFor(findEnv(env).spec, hyperparametersOf('cartpole', { env, useLstm }));
      const layers = summariseNetwork(network);
      const sum = (of: 'parameters' | 'flops') => layers.reduce((total, layer) => total + layer[of], 0);
      expect(sum('parameters')).toBe(parameterLayout(network).trainableSize);
      expect(sum('flops')).toBe(forwardFlops(network));
    }
  });

  it('shows shapes from the observation to the heads', () => {
    const h = hyperparametersOf('cartpole', { encoder: 'custom', encoderLayers: 'dense 32 tanh, dense 16' });
    const layers = summariseNetwork(networkSpecFor(findEnv('CartPole-v1').spec, h));
    expect(layers.map(({ label, shape }) => [label, ...shape])).toEqual([
      ['observation', 4],
      ['dense, tanh', 32],
      ['dense, relu', 16],
      ['policy and baseline', 3],
    ]);
  });

  it('shows where the last action and reward come in', () => {
    const h = hyperparametersOf('cartpole', { lastActionReward: true, useLstm: true });
    const layers = summariseNetwork(networkSpecFor(findEnv('CartPole-v1').spec, h));
    expect(layers.map(({ kind, shape }) => [kind, ...shape])).toEqual([
      ['observation', 4],
      ['dense', 64],
      ['dense', 64],
      ['last action and reward', 64 + 2 + 1],
      ['lstm', 64],
      ['heads', 3],
    ]);
  });
});
