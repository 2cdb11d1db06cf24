/** What a configuration comes to on this machine, before it is run. */
import { framesPerUpdate, type Machine, numUpdates, resolveAutomatic } from '../../config/derivedSizes.ts';
import { encoderShapes } from '../../config/encoders.ts';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { distributionFor } from '../../distributions/distribution.ts';
import type { EnvSpec } from '../../envs/env.ts';
import { sizeOf } from '../../envs/spaces.ts';
import { coreStateSize, networkSpecFor } from '../../networks/networkSpec.ts';
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
  const { encoder, core } = networkSpecFor(spec, h);
  const shapes = encoderShapes(encoder, spec.observationSpace.shape);
  return [
    { label: 'input', width: sizeOf(spec.observationSpace) },
    ...encoder.map((layer, i) => ({
      label: layer.kind === 'dense' ? layer.activation : layer.kind,
      width: shapes[i + 1]!.reduce((a, b) => a * b, 1),
    })),
    ...Array.from({ length: core?.layers ?? 0 }, () => ({ label: 'LSTM', width: core!.hidden })),
    { label: 'π and V', width: distributionFor(spec.actionSpace).outputSize + 1 },
  ];
}

/** The fields of one rollout: see "Rollout storage" in docs/ARCHITECTURE.md. */
function rolloutBytes(h: Hyperparameters, spec: EnvSpec): number {
  const rows = h.numSteps + 1;
  const observation = sizeOf(spec.observationSpace) * (spec.observationSpace.dtype === 'uint8' ? 1 : 4);
  const lastActionRewardAndIsFirst = 4 * distributionFor(spec.actionSpace).actionSize + 4 + 1;
  const { actionSize, outputSize } = distributionFor(spec.actionSpace);
  const actionAndPolicy = 4 * (actionSize + outputSize);
  const coreState = 4 * coreStateSize(networkSpecFor(spec, h));
  const rewardValuesAndEpisode = 6 * 4 + 2;
  return (
    rows * (observation + lastActionRewardAndIsFirst) +
    h.numSteps * (actionAndPolicy + rewardValuesAndEpisode) +
    coreState
  );
}
