/** A network of every kind, small: what tests that must hold for all of them go through. */
import type { Hyperparameters } from '../../src/config/hyperparameters.ts';
import { defaultHyperparameters } from '../../src/config/hyperparameters.ts';
import type { ActionSpace, ObservationSpace } from '../../src/envs/spaces.ts';
import { type NetworkSpec, networkSpecFor } from '../../src/networks/networkSpec.ts';

const box = (shape: readonly number[]): ObservationSpace => ({
  kind: 'box',
  shape,
  dtype: 'float32',
  low: [-5],
  high: [5],
});

const vector = box([5]);
const image = box([10, 9, 2]);

const actionSpaces: Readonly<Record<string, ActionSpace>> = {
  Discrete: { kind: 'discrete', n: 3 },
  MultiDiscrete: { kind: 'multiDiscrete', nvec: [2, 3] },
  MultiBinary: { kind: 'multiBinary', n: 3 },
  Box: { kind: 'box', shape: [2], dtype: 'float32', low: [-1], high: [1] },
};

const encoders: Readonly<Record<string, [ObservationSpace, Partial<Hyperparameters>]>> = {
  identity: [vector, { encoder: 'identity' }],
  mlp: [vector, { encoder: 'mlp' }],
  minatar: [image, { encoder: 'minatar' }],
  'custom with strides and padding': [
    image,
    { encoder: 'custom', encoderLayers: 'conv 3 4x4 stride 2 pad 1 tanh, conv 4 2x2 linear, dense 6 tanh, dense 5' },
  ],
  'custom residual': [image, { encoder: 'custom', encoderLayers: 'residual 3, residual 2, relu, dense 5' }],
};

export interface NamedNetwork {
  readonly name: string;
  readonly network: NetworkSpec;
}

/** Every encoder with every action space and core. */
export const networkSpecs: readonly NamedNetwork[] = Object.entries(encoders).flatMap(([encoder, [space, changes]]) =>
  Object.entries(actionSpaces).flatMap(([action, actionSpace], i) =>
    [false, true].map((useLstm) => {
      const h: Hyperparameters = {
        ...defaultHyperparameters,
        hiddenDim: 6,
        featureDim: 5,
        lstmLayers: 1 + (i % 2),
        lastActionReward: useLstm,
        logStd: useLstm ? 'stateDependent' : 'stateIndependent',
        useLstm,
        ...changes,
      };
      const network = networkSpecFor(
        { observationSpace: space, actionSpace } as Parameters<typeof networkSpecFor>[0],
        h,
      );
      return { name: `${encoder}, ${useLstm ? `LSTM × ${h.lstmLayers}` : 'no core'}, ${action}`, network };
    }),
  ),
);
