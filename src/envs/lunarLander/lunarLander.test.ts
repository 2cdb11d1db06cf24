import { describe, expect, it } from 'vitest';
import {
  type EpisodePolicy,
  expectSameBodies,
  kolmogorovSmirnov,
  largestDifference,
  median,
  type Options,
  playSeed,
  type RecordedEpisode,
  type Replay,
  readEpisodes,
  readResets,
  readReturnStatistics,
  readReturns,
  readWorlds,
  replay,
} from '../../../test/box2d.ts';
import { pilotAction, pilotThrottles } from '../../../test/lunarLanderPilot.ts';
import { mean, standardError } from '../../../test/randomPolicy.ts';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { makeActionSampler } from '../actionSampler.ts';
import { LunarLander } from './lunarLander.ts';

/** For tests that play hundreds of episodes. */
const LONG_TIMEOUT_MS = 600_000;
const ID = 'LunarLander-v3';

function make(kwargs: Options): LunarLander {
  const numbers = { gravity: kwargs.gravity, windPower: kwargs.wind_power, turbulencePower: kwargs.turbulence_power };
  const given = Object.entries(numbers).filter(([, value]) => typeof value === 'number');
  return new LunarLander({
    continuous: kwargs.continuous === true,
    enableWind: kwargs.enable_wind === true,
    ...Object.fromEntries(given),
  });
}

describe('LunarLander, against recordings of Gymnasium', () => {
  it.each(readResets(ID))('begins seed $seed with $kwargs as recorded, within 1e-6', (recorded) => {
    const env = make(recorded.kwargs);
    const observation = new Float32Array(8);
    env.reset(observation, 0, recorded.seed);
    expect(largestDifference(observation, recorded.obs)).toBeLessThan(1e-6);
    if (recorded.wind_idx_after_reset !== undefined) {
      expect([env.windIndex, env.torqueIndex]).toEqual([
        recorded.wind_idx_after_reset,
        recorded.torque_idx_after_reset,
      ]);
    }
  });

  it.each(readWorlds(ID))('builds the world of seed $seed: the terrain exactly, the bodies within 1e-5', (recorded) => {
    const env = new LunarLander();
    env.reset(new Float32Array(8), 0, recorded.seed);
    expect([...env.terrain]).toEqual(recorded.terrain_y);
    if (recorded.bodies) expectSameBodies(env.bodies, recorded.bodies);
  });

  const episodes = readEpisodes('lunar-lander-open-loop');
  const options = readEpisodes('lunar-lander-options-open-loop');

  /** Of the steps before a leg touches down or an episode ends on either side. */
  function flightErrors(episode: RecordedEpisode, { observations, observationErrors, rewardErrors }: Replay) {
    const landing = observations.findIndex((observation, t) => {
      const recorded = episode.obs[t + 1]!;
      return observation[6] !== 0 || observation[7] !== 0 || recorded[6] !== 0 || recorded[7] !== 0;
    });
    const flight = landing >= 0 ? landing : observations.length - 1;
    return {
      observation: Math.max(0, ...observationErrors.slice(0, flight)),
      reward: Math.max(0, ...rewardErrors.slice(0, flight)),
    };
  }

  it.each([
    ['random', 0.97],
    ['heuristic', 0.75],
  ] as const)(
    'flies %s episodes as recorded, and ends at least a share of %d of them in the same step',
    (policy, share) => {
      const recorded = episodes.filter((episode) => episode.policy === policy);
      const replays = recorded.map((episode) => replay(new LunarLander(), episode));
      const errors = recorded.map((episode, i) => flightErrors(episode, replays[i]!));
      expect(Math.max(...errors.map(({ observation }) => observation))).toBeLessThan(5e-4);
      expect(Math.max(...errors.map(({ reward }) => reward))).toBeLessThan(2e-2);
      expect(replays.filter(({ endsAlike }) => endsAlike).length / replays.length).toBeGreaterThanOrEqual(share);
      expect(median(replays.map(({ returnError }) => returnError))).toBeLessThan(0.05);
    },
  );

  it.each(options)('flies a $policy episode of seed $seed with $kwargs as recorded', (episode) => {
    const { observation, reward } = flightErrors(episode, replay(make(episode.kwargs), episode));
    expect(observation).toBeLessThan(5e-4);
    expect(reward).toBeLessThan(2e-2);
  });

  const noThrust: EpisodePolicy = () => () => 0;
  const byPilot: EpisodePolicy = () => pilotAction;

  /** Thousands of episodes take minutes, so a run of all tests plays a few; LONG_TESTS=1 plays all that were recorded. */
  const isLong = Boolean(process.env.LONG_TESTS);

  it.each<[string, Options, number, EpisodePolicy]>([
    ['no-op', {}, 0.97, noThrust],
    ['heuristic', { continuous: true }, 0.95, () => pilotThrottles],
    ['heuristic', {}, 0.65, byPilot],
    ['heuristic', { enable_wind: true }, 0.55, byPilot],
  ])(
    'earns with %s and %j within 0.1 of what was recorded for the seed, in a share of %s',
    (policy, kwargs, share, plays) => {
      const recorded = readReturns(ID, kwargs, policy);
      const seeds = recorded.seeds.slice(0, isLong ? 600 : 60);
      const env = make(kwargs);
      const agreeing = seeds.filter(
        (seed, i) => Math.abs(playSeed(env, seed, plays).return - recorded.return[i]!) < 0.1,
      );
      // Of few episodes a share may be lower by chance: three standard deviations are allowed.
      const chance = isLong ? 0 : 3 * Math.sqrt((share * (1 - share)) / seeds.length);
      expect(agreeing.length / seeds.length).toBeGreaterThanOrEqual(share - chance);
    },
    LONG_TIMEOUT_MS,
  );

  it.runIf(isLong).each<[string, EpisodePolicy]>([
    ['no-op', noThrust],
    ['random', () => makeActionSampler({ kind: 'discrete', n: 4 }, new NumpyRandom(4)) as () => number],
    ['heuristic', byPilot],
  ])(
    'has the distribution of returns that was recorded for %s',
    (policy, makePolicy) => {
      const plays = makePolicy();
      const env = new LunarLander();
      const played = Array.from({ length: 2000 }, (_, i) => playSeed(env, 20_000 + i, () => plays).return);
      const statistics = readReturnStatistics(ID, {}, policy).return;
      const error = Math.hypot(standardError(played), statistics.se);
      expect(Math.abs(mean(played) - statistics.mean)).toBeLessThan(3 * error);
      expect(kolmogorovSmirnov(played, readReturns(ID, {}, policy).return)).toBeGreaterThan(0.01);
    },
    LONG_TIMEOUT_MS,
  );
});

describe('LunarLander', () => {
  it('refuses a gravity that pulls too hard or not down', () => {
    expect(() => new LunarLander({ gravity: -12 })).toThrow(RangeError);
    expect(() => new LunarLander({ gravity: 0 })).toThrow('must lie between −12 and 0');
  });

  it('burns no fuel with throttles just below where the engines start', () => {
    const fly = (throttles: number[]) => {
      const env = new LunarLander({ continuous: true });
      const observation = new Float32Array(8);
      env.reset(observation, 0, 4);
      env.step(Float32Array.from(throttles), observation, 0);
      return observation;
    };
    expect(fly([0, 0.5])).toEqual(fly([-1, 0]));
    expect(fly([0.01, 0])).not.toEqual(fly([-1, 0]));
    expect(fly([0, 0.51])).not.toEqual(fly([-1, 0]));
    expect(fly([7, -3])).toEqual(fly([1, -1]));
  });
});
