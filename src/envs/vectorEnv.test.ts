import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CartPole } from './cartPole/cartPole.ts';
import type { Env, EnvDefinition, EnvSpec, Seed } from './env.ts';
import { asGym } from './gym.ts';
import { actionSize, createArray, type ObservationArray, sizeOf } from './spaces.ts';
import { type EnvRollout, VectorEnv } from './vectorEnv.ts';

/**
 * A walk whose observation is [steps since reset, position, episode number + first seed]: no two rows are alike, so a
 * row in the wrong place shows itself. It terminates where the action says so.
 */
class Walk implements Env {
  reward = 0;
  terminated = false;
  readonly spec: EnvSpec;
  private steps = 0;
  private position = 0;
  private episode = 0;

  constructor(maxEpisodeSteps: number, hasBoxActions: boolean, dtype: 'float32' | 'uint8' = 'float32') {
    this.spec = {
      id: 'Walk',
      doc: 'Walk until told to stop.',
      observationSpace: { kind: 'box', shape: [3], dtype, low: [0], high: [255] },
      actionSpace: hasBoxActions
        ? { kind: 'box', shape: [2], dtype: 'float32', low: [-5], high: [5] }
        : { kind: 'discrete', n: 10 },
      maxEpisodeSteps,
      rewardThreshold: null,
      framesPerSecond: 10,
    };
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    this.episode = seed ?? this.episode + 1;
    this.steps = 0;
    this.position = 0;
    this.observe(out, at);
  }

  step(action: number | Float32Array, out: ObservationArray, at: number): void {
    const sum = typeof action === 'number' ? action : action[0]! + 100 * action[1]!;
    this.steps += 1;
    this.position += sum;
    this.reward = sum / 7;
    this.terminated = sum % 10 === 0;
    this.observe(out, at);
  }

  snapshot(): void {}

  private observe(out: ObservationArray, at: number): void {
    out[at] = this.steps;
    out[at + 1] = this.position;
    out[at + 2] = this.episode;
  }
}

/** Memory that was never written holds impossible values, so that a row left out shows itself. */
function makeRollout(spec: EnvSpec, T: number): EnvRollout {
  const size = actionSize(spec.actionSpace);
  return {
    observation: createArray(spec.observationSpace, T + 1).fill(99),
    action: spec.actionSpace.kind === 'discrete' ? new Int32Array(T * size) : new Float32Array(T * size),
    reward: new Float32Array(T).fill(99),
    terminated: new Uint8Array(T).fill(99),
    truncated: new Uint8Array(T).fill(99),
    isFirst: new Uint8Array(T + 1).fill(99),
    episodeReturn: new Float32Array(T).fill(99),
    episodeLength: new Int32Array(T).fill(99),
  };
}

type ChooseAction = (env: number, step: number) => readonly number[];

/** What `VectorEnv` must write into `rollouts` consecutive rollouts of one env, by the Gymnasium face. */
function rolloutsByGym(env: Env, seed: Seed, e: number, T: number, count: number, choose: ChooseAction): EnvRollout[] {
  const gym = asGym({ spec: env.spec, snapshotSize: 0 } as EnvDefinition, env);
  const size = sizeOf(env.spec.observationSpace);
  let [observation] = gym.reset({ seed });
  let isFirst = 1;
  return Array.from({ length: count }, (_, r) => {
    const rollout = makeRollout(env.spec, T);
    rollout.observation.set(observation, 0);
    rollout.isFirst[0] = isFirst;
    for (let t = 0; t < T; t++) {
      const action = choose(e, r * T + t);
      rollout.action.set(action, t * action.length);
      const [next, reward, terminated, truncated, info] = gym.step(
        env.spec.actionSpace.kind === 'discrete' ? action[0]! : Float32Array.from(action),
      );
      observation = info.episode ? gym.reset()[0] : next;
      isFirst = info.episode ? 1 : 0;
      rollout.observation.set(observation, (t + 1) * size);
      rollout.isFirst[t + 1] = isFirst;
      rollout.reward[t] = reward;
      rollout.terminated[t] = Number(terminated);
      rollout.truncated[t] = Number(truncated);
      rollout.episodeReturn[t] = info.episode?.r ?? Number.NaN;
      rollout.episodeLength[t] = info.episode?.l ?? 0;
    }
    return rollout;
  });
}

/** Fills `count` rollouts per env. Each rollout is overwritten as soon as it is full, as its slot may be. */
function rolloutsByVectorEnv(
  envs: readonly Env[],
  seeds: readonly Seed[],
  T: number,
  count: number,
  choose: ChooseAction,
): EnvRollout[][] {
  const vectorEnv = new VectorEnv(envs, seeds);
  const kept: EnvRollout[][] = envs.map(() => []);
  for (let r = 0; r < count; r++) {
    const rollouts = envs.map((env) => makeRollout(env.spec, T));
    vectorEnv.bind(rollouts);
    for (let t = 0; t < T; t++) {
      rollouts.forEach(({ action }, e) => {
        action.set(choose(e, r * T + t), t * actionSize(envs[e]!.spec.actionSpace));
      });
      vectorEnv.step(t);
    }
    rollouts.forEach((rollout, e) => {
      kept[e]!.push(structuredClone(rollout));
      for (const view of Object.values(rollout)) (view as Uint8Array).fill(77);
    });
  }
  return kept;
}

const chooseFrom =
  (actions: readonly number[][]): ChooseAction =>
  (e, step) =>
    actions[(step * 3 + e) % actions.length]!;

describe('VectorEnv', () => {
  const shapes = fc.record({
    T: fc.integer({ min: 1, max: 7 }),
    rollouts: fc.integer({ min: 1, max: 5 }),
    seeds: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 }),
    maxEpisodeSteps: fc.integer({ min: 1, max: 12 }),
    dtype: fc.constantFrom('float32' as const, 'uint8' as const),
  });

  it('writes what the Gymnasium face gives, for actions that are numbers', () => {
    const actions = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(shapes, actions, ({ T, rollouts, seeds, maxEpisodeSteps, dtype }, list) => {
        const makeEnvs = () => seeds.map(() => new Walk(maxEpisodeSteps, false, dtype));
        const choose = chooseFrom(list);
        const expected = makeEnvs().map((env, e) => rolloutsByGym(env, seeds[e]!, e, T, rollouts, choose));
        expect(rolloutsByVectorEnv(makeEnvs(), seeds, T, rollouts, choose)).toEqual(expected);
      }),
    );
  });

  it('writes what the Gymnasium face gives, for actions that are vectors', () => {
    const element = fc.integer({ min: -5, max: 5 });
    const actions = fc.array(fc.tuple(element, element), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(shapes, actions, ({ T, rollouts, seeds, maxEpisodeSteps }, list) => {
        const makeEnvs = () => seeds.map(() => new Walk(maxEpisodeSteps, true));
        const choose = chooseFrom(list);
        const expected = makeEnvs().map((env, e) => rolloutsByGym(env, seeds[e]!, e, T, rollouts, choose));
        expect(rolloutsByVectorEnv(makeEnvs(), seeds, T, rollouts, choose)).toEqual(expected);
      }),
    );
  });

  it('plays CartPole, whose later episodes continue the generator, as the Gymnasium face does', () => {
    const choose: ChooseAction = (e, step) => [(step * 7 + e * 3) % 5 < 2 ? 0 : 1];
    const seeds = [5, 6, 7];
    const expected = seeds.map((seed, e) => rolloutsByGym(new CartPole(), seed, e, 20, 30, choose));
    expect(
      rolloutsByVectorEnv(
        seeds.map(() => new CartPole()),
        seeds,
        20,
        30,
        choose,
      ),
    ).toEqual(expected);
  });

  /** One env that moves by 1 a step and is cut off every third one. */
  const walkThreeSteps = (actions: readonly number[]) => {
    const env = new Walk(3, false);
    const vectorEnv = new VectorEnv([env], [40]);
    const rollout = makeRollout(env.spec, actions.length);
    vectorEnv.bind([rollout]);
    rollout.action.set(actions);
    actions.forEach((_, t) => {
      vectorEnv.step(t);
    });
    return { vectorEnv, rollout };
  };

  it('keeps the true last observation of a truncated episode, and shows the first of the next', () => {
    const { vectorEnv, rollout } = walkThreeSteps([1, 2, 3]);
    expect([...vectorEnv.finalObservation]).toEqual([3, 6, 40]);
    expect([...rollout.observation.subarray(9)]).toEqual([0, 0, 41]);
    expect([...rollout.isFirst]).toEqual([1, 0, 0, 1]);
    expect([...rollout.truncated]).toEqual([0, 0, 1]);
    expect([...rollout.terminated]).toEqual([0, 0, 0]);
  });

  it('writes both flags where an episode terminates in its last step', () => {
    const { rollout } = walkThreeSteps([1, 2, 0]);
    expect([rollout.terminated[2], rollout.truncated[2]]).toEqual([1, 1]);
  });

  it('starts the clock anew after a termination', () => {
    const { rollout } = walkThreeSteps([1, 0, 1, 1, 1]);
    expect([...rollout.terminated]).toEqual([0, 1, 0, 0, 0]);
    expect([...rollout.truncated]).toEqual([0, 0, 0, 0, 1]);
    expect([...rollout.episodeLength]).toEqual([0, 2, 0, 0, 3]);
  });

  it('refuses rollouts before the ones it has are full, and another number of them', () => {
    const env = new Walk(3, false);
    const vectorEnv = new VectorEnv([env], [1]);
    const rollout = makeRollout(env.spec, 4);
    expect(() => vectorEnv.bind([])).toThrow('1 environments need as many rollouts, not 0.');
    vectorEnv.bind([rollout]);
    vectorEnv.step(0);
    expect(() => vectorEnv.bind([rollout])).toThrow('The bound rollouts are not full: 1 of 4 rows are stepped.');
  });

  it('refuses to be made without a seed for each environment, or for different tasks', () => {
    expect(() => new VectorEnv([], [])).toThrow(/at least one/);
    expect(() => new VectorEnv([new Walk(1, false)], [1, 2])).toThrow(/a seed for each/);
    expect(() => new VectorEnv([new Walk(1, false), new CartPole()], [1, 2])).toThrow('not both Walk and CartPole-v1');
  });
});
