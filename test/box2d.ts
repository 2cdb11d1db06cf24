/** What the tests of both Box2D environments share: recordings, replay and the bodies of worlds. */
import type { Body } from 'planck';
import { expect } from 'vitest';
import type { Env } from '../src/envs/env.ts';
import { createArray } from '../src/envs/spaces.ts';
import { expectClose, toAction } from './classicControl.ts';
import { readFixture } from './fixtures.ts';

export type Options = Readonly<Record<string, unknown>>;

export interface RecordedEpisode {
  readonly env: string;
  readonly kwargs: Options;
  readonly policy: string;
  readonly seed: number;
  readonly actions: readonly (number | readonly number[])[];
  readonly obs: readonly (readonly number[])[];
  readonly reward: readonly number[];
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly length: number;
  readonly return: number;
}

export interface RecordedBody {
  readonly name: string;
  readonly mass: number;
  readonly inertia: number;
  readonly localCenter: readonly number[];
  readonly position: readonly number[];
  readonly angle: number;
  readonly linearVelocity: readonly number[];
  readonly angularVelocity: number;
}

export interface RecordedWorld {
  readonly env: string;
  readonly kwargs: Options;
  readonly seed: number;
  readonly terrain_y: readonly number[];
  readonly polygons: readonly (readonly (readonly number[])[])[];
  readonly clouds?: readonly unknown[];
  readonly bodies?: readonly RecordedBody[];
}

export interface RecordedReset {
  readonly env: string;
  readonly kwargs: Options;
  readonly seed: number;
  readonly obs: readonly number[];
  readonly wind_idx_after_reset?: number;
  readonly torque_idx_after_reset?: number;
}

export const readEpisodes = (name: string): readonly RecordedEpisode[] =>
  readFixture<{ episodes: RecordedEpisode[] }>(`seed-parity/${name}.json.gz`).episodes;

export const readWorlds = (id: string): readonly RecordedWorld[] =>
  readFixture<{ cases: RecordedWorld[] }>('seed-parity/worlds.json').cases.filter(({ env }) => env === id);

export const readResets = (id: string): readonly RecordedReset[] =>
  readFixture<{ cases: RecordedReset[] }>('seed-parity/reset-obs.json').cases.filter(({ env }) => env === id);

/** What a replay of recorded actions came to, and how far it was from the recording. */
export interface Replay {
  /** By step, the largest difference in the observation; and the difference in the reward. */
  readonly observationErrors: readonly number[];
  readonly rewardErrors: readonly number[];
  readonly observations: readonly Float32Array[];
  /** Whether the last step is the same, with the same flag. */
  readonly endsAlike: boolean;
  readonly returnError: number;
}

/** Resets with the seed of an episode and applies its actions until either side ends. */
export function replay(env: Env, episode: RecordedEpisode): Replay {
  const observation = createArray(env.spec.observationSpace) as Float32Array;
  const observations: Float32Array[] = [];
  const observationErrors: number[] = [];
  const rewardErrors: number[] = [];
  let total = 0;
  env.reset(observation, 0, episode.seed);
  for (let t = 0; t < episode.actions.length && !env.terminated; t++) {
    env.step(toAction(episode.actions[t]!, env.spec.actionSpace), observation, 0);
    total += env.reward;
    observations.push(observation.slice());
    observationErrors.push(largestDifference(observation, episode.obs[t + 1]!));
    rewardErrors.push(Math.abs(env.reward - episode.reward[t]!));
  }
  const endsAlike = observations.length === episode.actions.length && env.terminated === episode.terminated;
  return { observationErrors, rewardErrors, observations, endsAlike, returnError: Math.abs(total - episode.return) };
}

export const largestDifference = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)));

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Mass properties within 1e-5, and where the bodies are after reset within 5e-5. */
export function expectSameBodies(bodies: readonly Body[], recorded: readonly RecordedBody[]): void {
  expect(bodies.length).toBe(recorded.length);
  recorded.forEach((expected, i) => {
    const body = bodies[i]!;
    const centre = body.getLocalCenter();
    const position = body.getPosition();
    const velocity = body.getLinearVelocity();
    expectClose(
      [body.getMass(), body.getInertia(), centre.x, centre.y],
      [expected.mass, expected.inertia, ...expected.localCenter],
      1e-5,
      `mass, inertia and centre of ${expected.name}`,
    );
    expectClose(
      [position.x, position.y, body.getAngle(), velocity.x, velocity.y, body.getAngularVelocity()],
      [...expected.position, expected.angle, ...expected.linearVelocity, expected.angularVelocity],
      5e-5,
      `state of ${expected.name}`,
    );
  });
}

/** A policy that may remember; made anew for each episode. */
export type EpisodePolicy = () => (observation: Float32Array) => number | Float32Array;

/** Return and length of the episode of a seed. */
export function playSeed(env: Env, seed: number, makePolicy: EpisodePolicy): { return: number; length: number } {
  const policy = makePolicy();
  const observation = createArray(env.spec.observationSpace) as Float32Array;
  env.reset(observation, 0, seed);
  let total = 0;
  let length = 0;
  while (!env.terminated && length < env.spec.maxEpisodeSteps) {
    env.step(policy(observation), observation, 0);
    total += env.reward;
    length += 1;
  }
  return { return: total, length };
}

interface RecordedReturns {
  readonly env: string;
  readonly kwargs: Options;
  readonly policy: string;
  readonly seeds: readonly number[];
  readonly return: readonly number[];
  readonly length: readonly number[];
}

interface Statistic {
  readonly mean: number;
  readonly se: number;
}

interface ReturnStatistics {
  readonly env: string;
  readonly kwargs: Options;
  readonly policy: string;
  readonly return: Statistic;
  readonly length: Statistic;
}

const isCase = (id: string, kwargs: Options, policy: string) => (recorded: ReturnStatistics | RecordedReturns) =>
  recorded.env === id && recorded.policy === policy && JSON.stringify(recorded.kwargs) === JSON.stringify(kwargs);

export const readReturns = (id: string, kwargs: Options, policy: string): RecordedReturns =>
  readFixture<{ cases: RecordedReturns[] }>('seed-parity/returns.json').cases.find(isCase(id, kwargs, policy))!;

export const readReturnStatistics = (id: string, kwargs: Options, policy: string): ReturnStatistics =>
  readFixture<{ cases: ReturnStatistics[] }>('seed-parity/return-statistics.json').cases.find(
    isCase(id, kwargs, policy),
  )!;

/**
 * The probability that two samples of one distribution differ at least this much, by Kolmogorov and Smirnov: the
 * asymptotic series, good from some dozen values on.
 */
export function kolmogorovSmirnov(one: readonly number[], other: readonly number[]): number {
  const a = one.toSorted((x, y) => x - y);
  const b = other.toSorted((x, y) => x - y);
  let i = 0;
  let j = 0;
  let distance = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (a[i]! <= value) i++;
    while (b[j]! <= value) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.max(0, Math.min(1, sum));
}
