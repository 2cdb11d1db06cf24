/** The networks that every export is tested with: all small ones, and those of real environments with bytes and running statistics. */

import type { Hyperparameters } from '../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../src/config/presets.ts';
import { findEnv } from '../src/envs/registry.ts';
import { networkSpecFor } from '../src/networks/networkSpec.ts';
import { type NamedNetwork, networkSpecs } from './golden/networkSpecs.ts';

const of = (env: string, changes: Partial<Hyperparameters>): NamedNetwork => ({
  name: `${env}, ${JSON.stringify(changes)}`,
  network: networkSpecFor(findEnv(env).spec, hyperparametersOf('cartpole', { env, ...changes })),
});

export const exportedNetworks: readonly NamedNetwork[] = [
  ...networkSpecs,
  of('CartPole-v1', { encoder: 'mlp', observationNormalisation: true, rewardNormalisation: true }),
  of('MinAtar/Breakout-v1', {
    encoder: 'minatar',
    useLstm: true,
    lstmLayers: 2,
    lastActionReward: true,
    hiddenDim: 32,
  }),
  of('PixelPong-v0', { encoder: 'nature', observationNormalisation: true }),
  of('PixelPong-v0', { encoder: 'resnet' }),
  of('Pendulum-v1', { encoder: 'mlp', useLstm: true, lastActionReward: true, observationNormalisation: true }),
];
