/** What the tests of all five classic-control environments claim: equality with recordings of Gymnasium. */
import { describe, expect, it } from 'vitest';
import type { Env, EnvDefinition } from '../src/envs/env.ts';
import { asGym } from '../src/envs/gym.ts';
import type { ActionSpace, Box } from '../src/envs/spaces.ts';
import { readFixture } from './fixtures.ts';

/** A whole recorded episode, with the internal state after every step. */
export interface RecordedEpisode {
  readonly id: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly initial_state_from: string;
  readonly initial_state: readonly number[];
  readonly reset_obs: readonly number[];
  readonly actions: readonly (number | readonly number[])[];
  readonly obs: readonly (readonly number[])[];
  readonly state: readonly (readonly number[])[];
  readonly reward: readonly number[];
  readonly terminated: readonly (0 | 1)[];
  readonly truncated: readonly (0 | 1)[];
  readonly length: number;
  readonly return: number;
}

interface RecordedSpace {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly low: readonly (number | string)[];
  readonly high: readonly (number | string)[];
  readonly n: number;
}

interface Recording {
  readonly env: string;
  readonly observation_space: RecordedSpace;
  readonly action_space: RecordedSpace & { readonly type: 'Discrete' | 'Box' };
  readonly max_episode_steps: number;
  readonly reward_threshold: number | null;
  readonly render_fps: number;
  readonly episodes: readonly RecordedEpisode[];
}

/** The recorded start states and short episodes, which name the environment and the seed. */
interface SeededEpisode {
  readonly env: string;
  readonly seed: number;
  readonly actions: readonly (number | readonly number[])[];
  readonly obs: readonly (readonly number[])[];
  readonly reward: readonly number[];
  readonly terminated: boolean;
  readonly truncated: boolean;
}

export type StatefulEnv = Env & { readonly state: Float64Array };

interface Parity {
  readonly definition: EnvDefinition;
  readonly fixture: string;
  /** Makes the environment with a recording's constructor options. */
  readonly make: (kwargs: Readonly<Record<string, unknown>>) => StatefulEnv;
  /** Puts the environment in a recorded state, before step `t` of the recording. */
  readonly setState?: (env: StatefulEnv, state: readonly number[], t: number) => void;
  readonly rewardTolerance?: number;
}

const SHORT = 100;

export const readRecording = (fixture: string): Recording => readFixture<Recording>(fixture);

/** A constructor option of a recording, or its default. */
export const optionalNumber = (option: unknown, otherwise: number): number =>
  typeof option === 'number' ? option : otherwise;

export function describeParityWithGymnasium(parity: Parity): void {
  const { definition, fixture, make, rewardTolerance = 0 } = parity;
  const setState = parity.setState ?? ((env, state) => env.state.set(state));
  const recording = readRecording(fixture);
  const { spec } = definition;

  describe(`${spec.id}, against recordings of Gymnasium`, () => {
    it('has the same spaces, time limit and reward threshold', () => {
      expect(recording.env).toBe(spec.id);
      expectSameBox(spec.observationSpace, recording.observation_space);
      if (spec.actionSpace.kind === 'discrete') expect(spec.actionSpace.n).toBe(recording.action_space.n);
      else expectSameBox(spec.actionSpace as Box, recording.action_space);
      expect(spec.maxEpisodeSteps).toBe(recording.max_episode_steps);
      expect(spec.rewardThreshold).toBe(recording.reward_threshold);
      expect(spec.framesPerSecond).toBe(recording.render_fps);
    });

    it.each(recording.episodes)('makes each step of $id from the recorded state before it', (episode) => {
      const env = make(episode.kwargs);
      const observation = new Float32Array(episode.reset_obs.length);
      env.reset(observation, 0, 0);
      episode.actions.forEach((action, t) => {
        setState(env, t === 0 ? episode.initial_state : episode.state[t - 1]!, t);
        env.step(toAction(action, spec.actionSpace), observation, 0);
        expectClose(env.state, episode.state[t]!, 1e-12, `state after step ${t}`);
        expectWithinOneUlp(observation, episode.obs[t]!, `observation after step ${t}`);
        expectClose([env.reward], [episode.reward[t]!], rewardTolerance, `reward of step ${t}`);
        expectClose([Number(env.terminated)], [episode.terminated[t]!], 0, `terminated in step ${t}`);
      });
    });

    it.each(recording.episodes)('follows $id from its start for 100 steps', (episode) => {
      const env = make(episode.kwargs);
      const observation = new Float32Array(episode.reset_obs.length);
      env.reset(observation, 0, 0);
      setState(env, episode.initial_state, 0);
      episode.actions.slice(0, SHORT).forEach((action, t) => {
        env.step(toAction(action, spec.actionSpace), observation, 0);
        expectClose(env.state, episode.state[t]!, 1e-9, `state after step ${t}`);
        expectClose([Number(env.terminated)], [episode.terminated[t]!], 0, `terminated in step ${t}`);
      });
    });

    const resets = recording.episodes.filter(({ initial_state_from }) => initial_state_from.startsWith('reset'));
    it.each(resets)('begins $id in exactly the state of $initial_state_from', (episode) => {
      const env = make(episode.kwargs);
      const observation = new Float32Array(episode.reset_obs.length);
      env.reset(observation, 0, Number(/\d+/.exec(episode.initial_state_from)![0]));
      expect([...env.state]).toEqual(episode.initial_state);
      expectWithinOneUlp(observation, episode.reset_obs, 'observation after reset');
    });

    const wholeEpisodes = recording.episodes.filter(({ truncated }) => truncated.at(-1) === 1);
    it.each(wholeEpisodes)('is truncated in the same step of $id, whether it terminates there or not', (episode) => {
      const env = make(episode.kwargs);
      const gym = asGym(definition, env);
      gym.reset({ seed: 0 });
      episode.actions.forEach((action, t) => {
        setState(env, t === 0 ? episode.initial_state : episode.state[t - 1]!, t);
        const [, , terminated, truncated] = gym.step(toAction(action, spec.actionSpace));
        expect([terminated, truncated]).toEqual([episode.terminated[t] === 1, episode.truncated[t] === 1]);
      });
    });

    it('gives the recorded first observation of every seed', () => {
      const { cases } = readFixture<{ cases: { env: string; seed: number; obs: number[] }[] }>(
        'seed-parity/reset-obs.json',
      );
      const ours = cases.filter(({ env }) => env === spec.id);
      expect(ours.length).toBeGreaterThan(0);
      for (const { seed, obs } of ours) {
        const [observation] = asGym(definition).reset({ seed });
        expectClose(observation, obs, 1e-7, `first observation of seed ${seed}`);
      }
    });

    it('plays recorded episodes from the seed alone', () => {
      const { episodes } = readFixture<{ episodes: SeededEpisode[] }>('seed-parity/classic-open-loop.json');
      const ours = episodes.filter(({ env }) => env === spec.id);
      expect(ours.length).toBeGreaterThan(0);
      for (const episode of ours) playFromSeed(definition, episode);
    });
  });
}

function playFromSeed(definition: EnvDefinition, episode: SeededEpisode): void {
  const gym = asGym(definition);
  const [first] = gym.reset({ seed: episode.seed });
  expectClose(first, episode.obs[0]!, 1e-7, 'first observation');
  episode.actions.slice(0, SHORT).forEach((action, t) => {
    const step = gym.step(toAction(action, definition.spec.actionSpace));
    expectClose(step[0], episode.obs[t + 1]!, 1e-5, `seed ${episode.seed}, observation after step ${t}`);
    expectClose([step[1]], [episode.reward[t]!], 1e-5, `seed ${episode.seed}, reward of step ${t}`);
    const isLast = t === episode.actions.length - 1;
    expect([step[2], step[3]]).toEqual(isLast ? [episode.terminated, episode.truncated] : [false, false]);
  });
}

export const toAction = (action: number | readonly number[], space: ActionSpace): number | Float32Array =>
  space.kind === 'discrete' ? (action as number) : Float32Array.from([action].flat());

function expectSameBox(box: Box, recorded: RecordedSpace): void {
  expect(box.shape).toEqual(recorded.shape);
  expect(box.dtype).toBe(recorded.dtype);
  expect(box.low.map(Math.fround)).toEqual(recorded.low.map(Number).map(Math.fround));
  expect(box.high.map(Math.fround)).toEqual(recorded.high.map(Number).map(Math.fround));
}

/** Checks by hand and not with `expect`, which would take seconds over so many numbers. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  if (actual.length !== expected.length) {
    throw new Error(`${what} has ${actual.length} elements instead of ${expected.length}.`);
  }
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= tolerance)) {
      throw new Error(
        `${what}, element ${i}: ${actual[i]} is ${difference} from ${expected[i]}, not within ${tolerance}.`,
      );
    }
  }
}

/** One unit in the last place of a float32: what rounding a float64 that is off by its own last bit can cost. */
function expectWithinOneUlp(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  expected.forEach((value, i) => {
    const ulp = Math.max(Math.abs(value), 2 ** -126) * 2 ** -23;
    expectClose([actual[i]!], [Math.fround(value)], ulp, `${what}, element ${i}`);
  });
}
