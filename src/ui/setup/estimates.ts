/** What a configuration comes to on this machine, before it is run. */
import { framesPerUpdate, type Machine, numUpdates, resolveAutomatic } from '../../config/derivedSizes.ts';
import { findEncoderProblem } from '../../config/encoders.ts';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import type { EnvSpec } from '../../envs/env.ts';
import { type NetworkSpec, networkSpecFor } from '../../networks/networkSpec.ts';
import { type LayerSummary, summariseNetwork } from '../../networks/networkSummary.ts';
import { type MemoryOfRun, memoryOfRun } from '../../trainer/memoryOfRun.ts';

export interface Estimates extends MemoryOfRun {
  readonly asked: Hyperparameters;
  /** The settings without "automatic" values. */
  readonly resolved: Hyperparameters;
  readonly network: NetworkSpec;
  readonly layers: readonly LayerSummary[];
  readonly numParameters: number;
  /** Multiplications and additions for one observation. */
  readonly flops: number;
  readonly numRollouts: number;
  readonly framesPerUpdate: number;
  readonly numUpdates: number;
}

/** Null while the encoder does not fit the observations; the form then says why. */
export function estimatesOf(hyperparameters: Hyperparameters, spec: EnvSpec, machine: Machine): Estimates | null {
  if (findEncoderProblem(hyperparameters, spec.observationSpace)) return null;
  const h = resolveAutomatic(hyperparameters, machine);
  const network = networkSpecFor(spec, h);
  const layers = summariseNetwork(network);
  const sum = (of: 'parameters' | 'flops') => layers.reduce((total, layer) => total + layer[of], 0);
  return {
    ...memoryOfRun(h, network),
    asked: hyperparameters,
    resolved: h,
    network,
    layers,
    numParameters: sum('parameters'),
    flops: sum('flops'),
    numRollouts: h.numStorages,
    framesPerUpdate: framesPerUpdate(h),
    numUpdates: numUpdates(h),
  };
}

/** Numbers that a layer gives for one observation. */
export const outputsOf = ({ shape }: LayerSummary): number => shape.reduce((product, extent) => product * extent, 1);
