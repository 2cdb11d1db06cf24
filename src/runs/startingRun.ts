/** The record of a run as it begins. */
import { findAlgorithm } from '../algorithms/registry.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { RunStatus, StoredRun } from './RunStore.ts';
import { nextColour, nextName } from './runNames.ts';

/** @param runs those there are already: a new one differs from them in name and look */
export function startingRun(
  hyperparameters: Hyperparameters,
  status: RunStatus,
  runs: readonly StoredRun[],
  createdAt = Date.now(),
): StoredRun {
  return {
    id: crypto.randomUUID(),
    name: nextName(hyperparameters, runs),
    colour: nextColour(runs),
    note: '',
    isPinned: false,
    status,
    reason: '',
    algorithm: findAlgorithm(hyperparameters.algorithm).name,
    hyperparameters,
    createdAt,
    updatedAt: createdAt,
    frames: 0,
    updates: 0,
    seconds: 0,
    numEpisodes: 0,
    spark: [],
    engine: null,
    evaluations: [],
    changes: [],
    log: [],
    breaks: [],
    weights: [],
    checkpoint: null,
    sizeBytes: 0,
  };
}
