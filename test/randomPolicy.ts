/** Returns and lengths of a policy over many episodes, to hold against recorded statistics. */
import type { Env } from '../src/envs/env.ts';
import { Episode } from '../src/envs/episode.ts';
import { type Action, createArray, type ObservationArray } from '../src/envs/spaces.ts';

export type Policy = (observation: ObservationArray) => Action;

export interface Sample {
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
}

/** @param firstSeed seed of the first episode; the others continue the generator */
export function playEpisodes(env: Env, policy: Policy, count: number, firstSeed: number): Sample {
  const observation = createArray(env.spec.observationSpace);
  const episode = new Episode(env.spec.maxEpisodeSteps);
  const returns: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < count; i++) {
    env.reset(observation, 0, i === 0 ? firstSeed : undefined);
    episode.begin();
    let isTruncated = false;
    while (!env.terminated && !isTruncated) {
      env.step(policy(observation), observation, 0);
      isTruncated = episode.count(env.reward);
    }
    returns.push(episode.return);
    lengths.push(episode.length);
  }
  return { returns, lengths };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of the mean of a sample. */
export function standardError(values: readonly number[]): number {
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}
