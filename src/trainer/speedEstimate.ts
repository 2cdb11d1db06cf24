/** How fast a training will be, from what its parts were measured to do alone. */
import { framesPerUpdate } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { DeviceMeasurements } from './deviceMeasurements.ts';

export interface SpeedEstimate {
  /** Env steps learned from in a second; without a measured learner what the actors alone allow at most. */
  readonly framesPerSecond: number;
  readonly slower: 'actors' | 'learner' | 'unknown';
}

/**
 * Actors and learners work side by side, so the slower decides; where they are more than the machine has threads, they share
 * those; in lockstep they take turns.
 * @param h without "automatic" values
 * @param actorFramesPerSecond of all actors together, without a learner
 * @param msPerUpdate of a learner without actors, or null where it was not measured
 */
export function estimateSpeed(
  h: Hyperparameters,
  hardwareConcurrency: number,
  actorFramesPerSecond: number,
  msPerUpdate: number | null,
): SpeedEstimate {
  if (msPerUpdate === null) return { framesPerSecond: actorFramesPerSecond, slower: 'unknown' };
  const learnerFramesPerSecond = (1000 * framesPerUpdate(h)) / msPerUpdate;
  const slower = actorFramesPerSecond < learnerFramesPerSecond ? 'actors' : 'learner';
  if (h.lockstep) {
    return { framesPerSecond: 1 / (1 / actorFramesPerSecond + 1 / learnerFramesPerSecond), slower };
  }
  const threads = (workers: number) => Math.min(workers, hardwareConcurrency);
  const threadSecondsPerFrame =
    threads(h.numActors) / actorFramesPerSecond + threads(h.numLearners) / learnerFramesPerSecond;
  return {
    framesPerSecond: Math.min(
      actorFramesPerSecond,
      learnerFramesPerSecond,
      hardwareConcurrency / threadSecondsPerFrame,
    ),
    slower,
  };
}

/** Milliseconds per update on the engine that the run will take, or null where it was not measured. */
export function msPerUpdateOf(measured: DeviceMeasurements | null, device: Hyperparameters['device']): number | null {
  if (!measured) return null;
  if (device !== 'auto') return measured[device] ?? null;
  const all = Object.values(measured);
  return all.length > 0 ? Math.min(...all) : null;
}
