import { describe, expect, it } from 'vitest';
import { readFixture } from '../../../test/fixtures.ts';
import type { RandomSource } from '../../math/numpyRandom.ts';
import { asterix } from './asterix.ts';
import { breakout } from './breakout.ts';
import { freeway } from './freeway.ts';
import { type GameKind, moveNames } from './game.ts';
import { MinAtarEnv } from './minAtarEnv.ts';
import { seaquest } from './seaquest.ts';
import { spaceInvaders } from './spaceInvaders.ts';

/** [kind, arguments, result]; with a count among the arguments, one event that gives several numbers. */
type Draw = readonly [kind: 'rand' | 'randint', args: readonly number[], result: number | readonly number[]];

interface RecordedGame {
  readonly id: string;
  readonly sticky_action_prob: number;
  readonly difficulty_ramping: boolean;
  readonly last_action_before: number;
  readonly reset_draws: readonly Draw[];
  readonly reset_state: string;
  readonly actions: readonly number[];
  readonly effective_actions: readonly number[];
  readonly reward: readonly number[];
  readonly terminal: readonly (boolean | number)[];
  readonly state: readonly string[];
  readonly draws: readonly (readonly Draw[])[];
  readonly ramp_index: readonly (number | null)[] | null;
}

interface Recording {
  readonly state_shape: readonly number[];
  readonly channels: readonly string[];
  readonly actions: readonly string[];
  readonly minimal_action_set: readonly number[];
  readonly episodes: readonly RecordedGame[];
}

/** Hands out recorded draws, and fails where the game asks for another kind or another range. */
class ReplayRandom implements RandomSource {
  private pending: { kind: string; bounds: string; value: number }[] = [];

  expectDraws(draws: readonly Draw[]): void {
    this.pending = draws.flatMap(([kind, args, result]) => {
      const bounds = kind === 'randint' ? args.slice(0, 2).join() : '';
      return [result].flat().map((value) => ({ kind, bounds, value: value as number }));
    });
  }

  get leftOver(): number {
    return this.pending.length;
  }

  seed(): void {
    throw new Error('A recording has no seed.');
  }

  random(): number {
    return this.take('rand', '');
  }

  uniform(): number {
    throw new Error('MinAtar draws no uniform numbers but those in [0, 1).');
  }

  integers(low: number, high: number): number {
    return this.take('randint', [low, high].join());
  }

  private take(kind: string, bounds: string): number {
    const next = this.pending.shift();
    if (next?.kind !== kind || next.bounds !== bounds) {
      throw new Error(`The game draws ${kind}(${bounds}) where ${next?.kind}(${next?.bounds}) was recorded.`);
    }
    return next.value;
  }
}

/** The bits of [10, 10, channels] packed as the recordings have them: the first in the most significant place. */
function pack(bits: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => {
    bytes[i >> 3]! |= bit << (7 - (i & 7));
  });
  return Buffer.from(bytes).toString('base64');
}

const games: readonly (readonly [string, GameKind])[] = [
  ['breakout', breakout],
  ['space_invaders', spaceInvaders],
  ['freeway', freeway],
  ['asterix', asterix],
  ['seaquest', seaquest],
];

describe.each(games)('MinAtar %s', (name, kind) => {
  const recording = readFixture<Recording>(`minatar/${name}.json.gz`);

  it('has the channels and the minimal actions of the original', () => {
    expect(recording.channels).toEqual(kind.channels.map((channel) => channel.name));
    expect(recording.state_shape.at(-1)).toBe(kind.channels.length);
    expect(recording.actions.map((action) => action[0])).toEqual(
      moveNames.map((move) => ({ none: 'n', left: 'l', up: 'u', right: 'r', down: 'd', fire: 'f' })[move]),
    );
    expect(kind.usefulMoves).toEqual(recording.minimal_action_set);
  });

  it.each(recording.episodes)('plays $id exactly as recorded, draw by draw', (episode) => {
    const random = new ReplayRandom();
    const rules = {
      id: name,
      moves: [0, 1, 2, 3, 4, 5],
      stickyProbability: episode.sticky_action_prob,
      isRamping: episode.difficulty_ramping,
      maxEpisodeSteps: 1,
    };
    const env = new MinAtarEnv(kind, rules, random);
    const state = new Uint8Array(100 * kind.channels.length);
    env.lastMove = episode.last_action_before;
    random.expectDraws(episode.reset_draws);
    env.reset(state, 0);
    expect(pack(state)).toBe(episode.reset_state);
    episode.actions.forEach((action, t) => {
      random.expectDraws(episode.draws[t]!);
      env.step(action, state, 0);
      const outcome = {
        t,
        move: env.lastMove,
        reward: env.reward,
        isOver: env.terminated,
        state: pack(state),
        leftOver: random.leftOver,
      };
      expect(outcome).toEqual({
        t,
        move: episode.effective_actions[t],
        reward: episode.reward[t],
        isOver: Boolean(episode.terminal[t]),
        state: episode.state[t],
        leftOver: 0,
      });
      if (episode.ramp_index) expect(env.game.rampIndex).toBe(episode.ramp_index[t] ?? null);
    });
  });
});
