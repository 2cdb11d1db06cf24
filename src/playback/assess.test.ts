import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { comparePaired, interquartileMean } from '../math/statistics.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { assess } from './assess.ts';
import type { EpisodeRequest, PlayablePolicy } from './episode.api.ts';
import { playEpisodes } from './evaluator.ts';
import { recordEpisode } from './recordEpisode.ts';
import { beginSeeded, createPlayer } from './seededPlayer.ts';

const env = 'CartPole-v1';
const network = networkSpecFor(findEnv(env).spec, hyperparametersOf('cartpole'));
const policyOf = (seed: number): PlayablePolicy => ({
  network,
  rewardClipping: 'none',
  parameters: initialParameters(network, 'orthogonal', seed),
});
const settings = { env, episodes: 6, firstSeed: 1000, greedy: false, maxSteps: null };

describe('Assessing a policy', () => {
  it('plays the same episodes as the evaluation of a run and of the command line', () => {
    for (const greedy of [true, false]) {
      const { played } = assess({ ...settings, greedy, policies: [policyOf(1)] }).policies[0]!;
      const { returns, lengths } = playEpisodes(
        { env, network, rewardClipping: 'none' },
        { parameters: policyOf(1).parameters, episodes: 6, firstSeed: 1000, greedy },
      );
      expect(played.map((episode) => episode.return)).toEqual(returns);
      expect(played.map((episode) => episode.length)).toEqual(lengths);
    }
  });

  it('plays an episode of a seed alike whichever came before it', () => {
    const all = assess({ ...settings, policies: [policyOf(1)] }).policies[0]!.played;
    const late = assess({ ...settings, firstSeed: 1004, episodes: 2, policies: [policyOf(1)] }).policies[0]!.played;
    expect(late).toEqual(all.slice(4));
  });

  it('gives statistics of what was played', () => {
    const { played, ...statistics } = assess({ ...settings, policies: [policyOf(1)] }).policies[0]!;
    const returns = played.map((episode) => episode.return);
    expect(statistics.iqm).toBe(interquartileMean(returns));
    expect(statistics.solvedShare).toBe(0);
    expect(statistics.meanLength).toBeCloseTo(returns.reduce((a, b) => a + b) / 6, 12);
    expect(played.map(({ seed }) => seed)).toEqual([1000, 1001, 1002, 1003, 1004, 1005]);
    expect(played.every(({ terminated }) => terminated)).toBe(true);
  });

  it('truncates at the limit asked for', () => {
    const { played } = assess({ ...settings, maxSteps: 5, policies: [policyOf(1)] }).policies[0]!;
    expect(played.map(({ length, terminated }) => [length, terminated])).toEqual(new Array(6).fill([5, false]));
  });

  it('compares two policies seed by seed and counts the episodes of both', () => {
    const counts: number[] = [];
    const { policies, comparison } = assess({ ...settings, policies: [policyOf(1), policyOf(2)] }, (count) =>
      counts.push(count),
    );
    const [first, second] = policies.map(({ played }) => played.map((episode) => episode.return));
    expect(comparison).toEqual(comparePaired(first!, second!));
    expect(counts).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  it('has no comparison of one policy, and none with itself is better', () => {
    expect(assess({ ...settings, policies: [policyOf(1)] }).comparison).toBeNull();
    const itself = assess({ ...settings, policies: [policyOf(1), policyOf(1)] }).comparison;
    expect(itself).toMatchObject({ difference: 0, differenceCi95: [0, 0], probabilityOfImprovement: 0.5 });
  });
});

describe('A replay', () => {
  const request = (seed: number, greedy: boolean): EpisodeRequest => ({
    env,
    policy: policyOf(1),
    seed,
    greedy,
    maxSteps: null,
  });

  it('is the episode that was evaluated, greedy or sampled', () => {
    for (const greedy of [true, false]) {
      const { played } = assess({ ...settings, greedy, policies: [policyOf(1)] }).policies[0]!;
      for (const { seed, length, terminated, ...episode } of played) {
        const { trace } = recordEpisode(request(seed, greedy));
        expect(trace).toMatchObject({ seed, length, terminated, return: episode.return });
      }
    }
  });

  it.each([
    ['Pendulum-v1', {}],
    ['CartPoleWithoutVelocities-v1', { useLstm: true, lastActionReward: true }],
    ['LunarLander-v3', {}],
  ] as const)('of %s is what was played, whichever episodes came before, with %o', (id, settings) => {
    const spec = networkSpecFor(findEnv(id).spec, { ...hyperparametersOf('cartpole'), ...settings });
    const policy = {
      network: spec,
      rewardClipping: 'none',
      parameters: initialParameters(spec, 'orthogonal', 3),
    } as const;
    const order = { env: id, greedy: false, maxSteps: 150 };
    const { played } = assess({ ...order, policies: [policy], episodes: 3, firstSeed: 40 }).policies[0]!;
    for (const { seed, return: episodeReturn, length } of played.toReversed()) {
      const { trace } = recordEpisode({ ...order, policy, seed });
      expect(trace).toMatchObject({ seed, return: episodeReturn, length });
      expect(trace.actions).toHaveLength(length * trace.actionSize);
    }
  });

  it('is the same every time, state for state', () => {
    expect(recordEpisode(request(1003, false))).toEqual(recordEpisode(request(1003, false)));
  });

  it('has a state before the first and after every step, as the player draws them', () => {
    const { trace, snapshots } = recordEpisode(request(1003, false));
    const player = createPlayer(request(1003, false));
    beginSeeded(player, 1003);
    const snapshot = new Float64Array(findEnv(env).snapshotSize);
    for (let t = 0; t <= trace.length; t++) {
      player.snapshot(snapshot);
      expect(snapshots[t]).toEqual(snapshot);
      expect(trace.returns[t]).toBe(player.episodeReturn);
      if (t === trace.length) break;
      player.step();
      expect(trace.values[t]).toBe(player.inference.baseline[0]);
      expect(trace.actions[t]).toBe(player.action[0]);
      expect(trace.probabilities[2 * t]! + trace.probabilities[2 * t + 1]!).toBeCloseTo(1, 6);
    }
    expect(player.isOver).toBe(true);
    expect(snapshots).toHaveLength(trace.length + 1);
  });
});
