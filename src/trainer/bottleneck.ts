/** Which part of a training the others wait for, and which setting would help. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { LearnerMetric } from '../metrics/metrics.ts';
import type { RunRecord } from './run.ts';

export interface Bottleneck {
  /** Whoever is too slow; 'balanced' when neither waits much for the other. */
  readonly part: 'actors' | 'learner' | 'page' | 'balanced';
  /** Two or three words. */
  readonly label: string;
  /** One or two sentences: how it is seen, and what to change. */
  readonly advice: string;
}

/** What is measured of a running training; means over its last rows of metrics. */
export interface Load {
  /** Per update, that the learner waited for rollouts */
  readonly waitMs: number;
  /** Per update, without waiting */
  readonly updateMs: number;
  /** Rollouts waiting when an update began */
  readonly queue: number;
  /** From sending a report to reading it */
  readonly reportDelayMs: number;
}

/** Rows that the means are taken over. */
const recentRows = 20;

/** How it went lately. NaN before the first row of metrics. */
export function recentLoad({ metrics, reportDelayMs }: Pick<RunRecord, 'metrics' | 'reportDelayMs'>): Load {
  const mean = (name: LearnerMetric) => {
    const { values, length } = metrics[name];
    const recent = values.subarray(Math.max(0, length - recentRows), length);
    return recent.reduce((sum, value) => sum + value, 0) / recent.length;
  };
  return { waitMs: mean('waitMs'), updateMs: mean('updateMs'), queue: mean('queue'), reportDelayMs };
}

/** The learner waits for this share of its time: actors are too slow. */
const starvingShare = 0.2;
/** The learner waits for less than this share: it is never short of rollouts. */
const busyShare = 0.05;
const slowPageMs = 1000;

/** `h` without "automatic" values. */
export function bottleneckOf(
  { waitMs, updateMs, queue, reportDelayMs }: Load,
  h: Hyperparameters,
  hardwareConcurrency: number,
): Bottleneck | null {
  const waiting = waitMs / (waitMs + updateMs);
  if (!Number.isFinite(waiting)) return null;
  if (reportDelayMs > slowPageMs) {
    return {
      part: 'page',
      label: 'page too slow',
      advice: `The page reads reports ${(reportDelayMs / 1000).toFixed(1)} s late, so charts lag behind the training, which itself does not wait. Raise the log interval (${h.logInterval}), or give the page a processor: fewer actors.`,
    };
  }
  if (waiting > starvingShare) {
    return {
      part: 'actors',
      label: 'learner starves',
      advice: `The learner waits ${percent(waiting)} of its time for rollouts. ${moreRollouts(h, hardwareConcurrency)}`,
    };
  }
  if (waiting < busyShare && queue >= h.batchSize) {
    return {
      part: 'learner',
      label: 'actors starve',
      advice: `The learner is always busy and ${Math.round(queue)} rollouts wait for it. ${fasterLearner(h, hardwareConcurrency)}`,
    };
  }
  return {
    part: 'balanced',
    label: 'balanced',
    advice: `The learner waits ${percent(waiting)} of its time: actors and learner keep up with each other.`,
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function moreRollouts(h: Hyperparameters, hardwareConcurrency: number): string {
  const threadsInUse = h.numActors + h.numLearners;
  if (threadsInUse < hardwareConcurrency) {
    return `Raise actors (${h.numActors}): ${hardwareConcurrency - threadsInUse} of ${hardwareConcurrency} threads are free.`;
  }
  return `Every thread is taken: raise environments per actor (${h.numEnvsPerActor}), or use a smaller network.`;
}

function fasterLearner(h: Hyperparameters, hardwareConcurrency: number): string {
  const isParallel = h.numActors + h.numLearners < hardwareConcurrency;
  if (isParallel) {
    return `Raise learners (${h.numLearners}), since threads are free, or the batch size (${h.batchSize}), which costs less per step.`;
  }
  return `Raise the batch size (${h.batchSize}), which costs less per step, use a smaller network, or fewer actors (${h.numActors}).`;
}
