/** What a configuration comes to on this machine, before it is run. */
import { framesPerUpdate, type Machine, numUpdates, resolveAutomatic } from '../../config/derivedSizes.ts';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { EnvSpec } from '../../envs/env.ts';
import { actionSize, policyOutputSize, sizeOf } from '../../envs/spaces.ts';
import { networkSpecFor } from '../../networks/networkSpec.ts';
import { parameterLayout } from '../../networks/parameterLayout.ts';

export interface LayerSize {
  readonly label: string;
  readonly width: number;
}

export interface Estimates {
  readonly layers: readonly LayerSize[];
  readonly numParameters: number;
  /** Weights, and the two running means an optimiser keeps of each. */
  readonly learnerBytes: number;
  readonly numRollouts: number;
  readonly rolloutBytes: number;
  readonly framesPerUpdate: number;
  readonly numUpdates: number;
}

export function estimatesOf(hyperparameters: Hyperparameters, spec: EnvSpec, machine: Machine): Estimates {
  const h = resolveAutomatic(hyperparameters, machine);
  const layers = layersOf(h, spec);
  const numParameters = parameterLayout(networkSpecFor(spec, h)).size;
  return {
    layers,
    numParameters,
    learnerBytes: numParameters * 4 * 3,
    numRollouts: h.numStorages,
    rolloutBytes: h.numStorages * rolloutBytes(h, spec),
    framesPerUpdate: framesPerUpdate(h),
    numUpdates: numUpdates(h),
  };
}

function layersOf(h: Hyperparameters, spec: EnvSpec): LayerSize[] {
  return [
    { label: 'input', width: sizeOf(spec.observationSpace) },
    { label: h.activation, width: h.hiddenDim },
    { label: h.activation, width: h.featureDim },
    { label: 'π and V', width: policyOutputSize(spec.actionSpace) + 1 },
  ];
}

/** The fields of one rollout: see "Rollout storage" in docs/ARCHITECTURE.md. */
function rolloutBytes(h: Hyperparameters, spec: EnvSpec): number {
  const rows = h.numSteps + 1;
  const observation = sizeOf(spec.observationSpace) * (spec.observationSpace.dtype === 'uint8' ? 1 : 4);
  const lastActionRewardAndIsFirst = 4 + 4 + 1;
  const actionAndPolicy = 4 * (actionSize(spec.actionSpace) + policyOutputSize(spec.actionSpace));
  const rewardValuesAndEpisode = 5 * 4 + 2;
  return rows * (observation + lastActionRewardAndIsFirst) + h.numSteps * (actionAndPolicy + rewardValuesAndEpisode);
}
