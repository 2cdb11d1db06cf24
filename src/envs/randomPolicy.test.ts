/** The uniform random policy earns what it earns in the original environments. */
import { describe, expect, it } from 'vitest';
import { readFixture } from '../../test/fixtures.ts';
import { mean, playEpisodes, standardError } from '../../test/randomPolicy.ts';
import { NumpyRandom } from '../math/numpyRandom.ts';
import { makeActionSampler } from './actionSampler.ts';
import { defineUmbrella } from './bsuite/definitions.ts';
import type { EnvDefinition } from './env.ts';
import { findEnv } from './registry.ts';

interface Anchor {
  readonly env: string;
  readonly return_mean: number;
  readonly return_se: number;
  readonly length_mean: number | null;
  readonly length_se?: number;
  readonly positive_return_fraction?: number;
  readonly episodes: number;
}

const { envs: anchors } = readFixture<{ envs: Anchor[] }>('seed-parity/random-policy.json');

/** The name in the recording, our environment, and a number of episodes that takes a second or less. */
const cases: readonly (readonly [string, EnvDefinition, number])[] = [
  ['CartPole-v1', findEnv('CartPole-v1'), 5000],
  ['Acrobot-v1', findEnv('Acrobot-v1'), 150],
  ['MountainCar-v0', findEnv('MountainCar-v0'), 100],
  ['Pendulum-v1', findEnv('Pendulum-v1'), 1000],
  ['MountainCarContinuous-v0', findEnv('MountainCarContinuous-v0'), 300],
  ['MiniGrid-Empty-5x5-v0', findEnv('MiniGrid-Empty-5x5-v0'), 4000],
  ['MiniGrid-Empty-8x8-v0', findEnv('MiniGrid-Empty-8x8-v0'), 1500],
  ['MiniGrid-DoorKey-5x5-v0', findEnv('MiniGrid-DoorKey-5x5-v0'), 1500],
  ['MiniGrid-DoorKey-8x8-v0', findEnv('MiniGrid-DoorKey-8x8-v0'), 800],
  ['MiniGrid-FourRooms-v0', findEnv('MiniGrid-FourRooms-v0'), 4000],
  ['MiniGrid-MemoryS7-v0', findEnv('MiniGrid-MemoryS7-v0'), 2000],
  ['MiniGrid-KeyCorridorS3R1-v0', findEnv('MiniGrid-KeyCorridorS3R1-v0'), 2000],
  ['MinAtar/asterix', findEnv('MinAtar/Asterix-v0'), 3000],
  ['MinAtar/breakout', findEnv('MinAtar/Breakout-v0'), 4000],
  ['MinAtar/freeway', findEnv('MinAtar/Freeway-v0'), 200],
  ['MinAtar/seaquest', findEnv('MinAtar/Seaquest-v0'), 3000],
  ['MinAtar/space_invaders', findEnv('MinAtar/SpaceInvaders-v0'), 2000],
  ['Catch 10x5', findEnv('bsuite/Catch-v0'), 10_000],
  ['DeepSea 10', findEnv('bsuite/DeepSea10-v0'), 20_000],
  ['DeepSea 20', findEnv('bsuite/DeepSea20-v0'), 5000],
  ['MemoryChain any length', findEnv('bsuite/MemoryChain10-v0'), 10_000],
  ['Umbrella length 5', defineUmbrella({ length: 5, distractors: 20 }), 10_000],
  ['Umbrella length 20', findEnv('bsuite/Umbrella20-v0'), 5000],
  ['DiscountingChain', findEnv('bsuite/DiscountingChain-v0'), 5000],
];

/** Whether two means differ by less than three standard errors of their difference (and exactly equal ones always do). */
function expectSameMean(ours: readonly number[], theirs: number, theirError: number, what: string): void {
  const error = Math.hypot(standardError(ours), theirError);
  expect(Math.abs(mean(ours) - theirs), `${what}: ${mean(ours)} against ${theirs}`).toBeLessThanOrEqual(
    3 * error + 1e-9,
  );
}

describe('The random policy', () => {
  it.each(cases)('earns in %s what was recorded, and its episodes are as long', (name, definition, episodes) => {
    const anchor = anchors.find(({ env }) => env === name)!;
    const policy = makeActionSampler(definition.spec.actionSpace, new NumpyRandom(11, [1]));
    const { returns, lengths } = playEpisodes(definition.create(), policy, episodes, 11);
    expectSameMean(returns, anchor.return_mean, anchor.return_se, 'mean return');
    if (anchor.length_mean !== null) {
      expectSameMean(lengths, anchor.length_mean, anchor.length_se ?? 0, 'mean length');
    }
    const fraction = anchor.positive_return_fraction;
    if (fraction !== undefined) {
      const isPositive = returns.map((value) => (value > 0 ? 1 : 0));
      const error = Math.sqrt((fraction * (1 - fraction)) / anchor.episodes);
      expectSameMean(isPositive, fraction, error, 'share of episodes with a positive return');
    }
  });
});
