import { describe, expect, it } from 'vitest';
import {
  type EpisodePolicy,
  expectSameBodies,
  kolmogorovSmirnov,
  largestDifference,
  type Options,
  playSeed,
  readEpisodes,
  readResets,
  readReturnStatistics,
  readReturns,
  readWorlds,
  replay,
} from '../../../test/box2d.ts';
import { mean, standardError } from '../../../test/randomPolicy.ts';
import { makeWalker } from '../../../test/walkerHeuristic.ts';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { makeActionSampler } from '../actionSampler.ts';
import { BipedalWalker, bipedalWalkerSpec } from './bipedalWalker.ts';
import type { Obstacle } from './terrain.ts';

/** For tests that play hundreds of episodes. */
const LONG_TIMEOUT_MS = 600_000;
const ID = 'BipedalWalker-v3';
const make = (kwargs: Options) => new BipedalWalker({ hardcore: kwargs.hardcore === true });

/** The corners of an obstacle as one list of numbers that does not depend on their order. */
const sortedCorners = (corners: readonly (readonly number[])[]) =>
  corners.toSorted(([ax, ay], [bx, by]) => (Math.abs(ax! - bx!) > 1e-3 ? ax! - bx! : ay! - by!)).flat();

const cornersOf = ({ left, bottom, width, height }: Obstacle) => [
  [left, bottom],
  [left, bottom + height],
  [left + width, bottom],
  [left + width, bottom + height],
];

describe('BipedalWalker, against recordings of Gymnasium', () => {
  it.each(readResets(ID))('begins seed $seed with $kwargs as recorded, within 1e-5', (recorded) => {
    const observation = new Float32Array(24);
    make(recorded.kwargs).reset(observation, 0, recorded.seed);
    expect(largestDifference(observation, recorded.obs)).toBeLessThan(1e-5);
  });

  it.each(readWorlds(ID))('builds the world of seed $seed with $kwargs', (recorded) => {
    const env = make(recorded.kwargs);
    env.reset(new Float32Array(24), 0, recorded.seed);
    expect([...env.terrain.heights]).toEqual(recorded.terrain_y);
    expect(env.terrain.obstacles.length).toBe(recorded.polygons.length);
    recorded.polygons.forEach((polygon, i) => {
      const ours = sortedCorners(cornersOf(env.terrain.obstacles[i]!));
      expect(largestDifference(ours, sortedCorners(polygon))).toBeLessThan(1e-5);
    });
    if (recorded.bodies) expectSameBodies(env.bodies, recorded.bodies);
  });

  const episodes = readEpisodes('bipedal-walker-open-loop');
  const steered = episodes.filter(({ policy }) => policy !== 'random');
  const random = episodes.filter(({ policy }) => policy === 'random');

  it.each(steered)('walks 40 steps of a $policy episode of seed $seed with $kwargs as recorded', (episode) => {
    const { observationErrors, rewardErrors } = replay(make(episode.kwargs), episode);
    expect(Math.max(...observationErrors.slice(0, 20))).toBeLessThan(1e-4);
    expect(Math.max(...rewardErrors.slice(0, 20))).toBeLessThan(1e-3);
    expect(Math.max(...observationErrors.slice(0, 40))).toBeLessThan(1e-3);
  });

  it('stumbles through 40 steps of three of four random episodes as recorded', () => {
    const alike = random.filter((episode) => {
      const { observationErrors } = replay(make(episode.kwargs), episode);
      return Math.max(...observationErrors.slice(0, 40)) < 1e-3;
    });
    expect(alike.length / random.length).toBeGreaterThanOrEqual(0.75);
  });

  it('has a walker that chooses the recorded actions from the recorded observations', () => {
    const recorded = episodes.filter(({ policy }) => policy === 'heuristic');
    for (const episode of recorded) {
      const walk = makeWalker();
      episode.actions.forEach((action, t) => {
        const ours = walk(Float32Array.from(episode.obs[t]!));
        expect(largestDifference(ours, action as readonly number[]), `action ${t}`).toBeLessThan(1e-5);
      });
    }
  });

  it.runIf(process.env.LONG_TESTS).each<[string, EpisodePolicy]>([
    ['no-op', () => () => new Float32Array(4)],
    ['random', () => makeActionSampler(bipedalWalkerSpec.actionSpace, new NumpyRandom(3)) as () => Float32Array],
    ['heuristic', makeWalker],
  ])(
    'has the distribution of returns that was recorded for %s',
    (policy, makePolicy) => {
      const env = new BipedalWalker();
      const random = makePolicy();
      const plays = policy === 'random' ? () => random : makePolicy;
      const played = Array.from({ length: 300 }, (_, i) => playSeed(env, 20_000 + i, plays));
      const statistics = readReturnStatistics(ID, {}, policy);
      const returns = played.map((episode) => episode.return);
      const lengths = played.map((episode) => episode.length);
      if (policy === 'no-op') {
        // The returns lie within 0.08, less than what the engines differ by.
        expect(Math.abs(mean(returns) - statistics.return.mean)).toBeLessThan(0.1);
        expect(Math.abs(mean(lengths) - statistics.length.mean)).toBeLessThan(1);
        return;
      }
      const error = Math.hypot(standardError(returns), statistics.return.se);
      expect(Math.abs(mean(returns) - statistics.return.mean)).toBeLessThan(3 * error);
      expect(kolmogorovSmirnov(returns, readReturns(ID, {}, policy).return)).toBeGreaterThan(0.01);
    },
    LONG_TIMEOUT_MS,
  );
});
