import { describe, expect, it } from 'vitest';
import { describeEnvContract } from '../../../test/envContract.ts';
import { cartPole } from '../cartPole/definition.ts';
import type { Env, EnvSpec } from '../env.ts';
import { asGym } from '../gym.ts';
import { mountainCarContinuous } from '../mountainCar/definition.ts';
import { pendulum } from '../pendulum/definition.ts';
import type { Action, ObservationArray } from '../spaces.ts';
import { clipAction, rescaleAction } from './boxActions.ts';
import { derive, limitTime } from './derive.ts';
import { stackFrames } from './frameStack.ts';
import { maskObservation } from './observationMask.ts';
import { clipReward } from './rewardClipping.ts';
import { stickActions } from './stickyActions.ts';

const doc = 'A wrapped environment.';
const wrapped = [
  derive(cartPole, (env) => limitTime(env, 20), { id: 'CartPole within 20 steps', doc }),
  derive(cartPole, (env) => stackFrames(env, 3), { id: 'CartPole in stacks of 3', doc }),
  derive(cartPole, (env) => maskObservation(env, [2, 0]), { id: 'CartPole without velocities', doc }),
  derive(cartPole, (env) => stickActions(env, 0.25), { id: 'CartPole with sticky actions', doc }),
  derive(pendulum, (env) => clipReward(env, -1, 1), { id: 'Pendulum with clipped rewards', doc }),
  derive(pendulum, clipAction, { id: 'Pendulum with clipped actions', doc }),
  derive(pendulum, (env) => rescaleAction(env, -1, 1), { id: 'Pendulum with rescaled actions', doc }),
  derive(pendulum, (env) => stickActions(stackFrames(maskObservation(env, [0, 1]), 2), 0.5), {
    id: 'Pendulum in three wrappers',
    doc,
  }),
];
for (const definition of wrapped) describeEnvContract(definition);

/** Tells the actions it received; its observation [2, 1, 2] is the step number in four elements. */
class Counter implements Env {
  readonly spec: EnvSpec = {
    id: 'Counter',
    doc: 'Counts.',
    observationSpace: { kind: 'box', shape: [2, 1, 2], dtype: 'uint8', low: [0], high: [99] },
    actionSpace: { kind: 'discrete', n: 10 },
    maxEpisodeSteps: 99,
    rewardThreshold: null,
    framesPerSecond: 1,
  };
  reward = 0;
  terminated = false;
  readonly received: Action[] = [];
  private steps = 0;

  reset(out: ObservationArray, at: number): void {
    this.steps = 10;
    this.observe(out, at);
  }

  step(action: Action, out: ObservationArray, at: number): void {
    this.received.push(action);
    this.steps += 10;
    this.reward = this.steps;
    this.observe(out, at);
  }

  snapshot(): void {}

  private observe(out: ObservationArray, at: number): void {
    for (let i = 0; i < 4; i++) out[at + i] = this.steps + i;
  }
}

describe('stackFrames', () => {
  it('shows the last frames along the last axis, the newest last, and repeats the first one at the start', () => {
    const env = stackFrames(new Counter(), 3);
    expect(env.spec.observationSpace.shape).toEqual([2, 1, 6]);
    const out = new Uint8Array(12);
    env.reset(out, 0);
    expect([...out]).toEqual([10, 11, 10, 11, 10, 11, 12, 13, 12, 13, 12, 13]);
    for (let t = 0; t < 4; t++) env.step(0, out, 0);
    expect([...out]).toEqual([30, 31, 40, 41, 50, 51, 32, 33, 42, 43, 52, 53]);
    env.reset(out, 0);
    expect([...out]).toEqual([10, 11, 10, 11, 10, 11, 12, 13, 12, 13, 12, 13]);
  });

  it('repeats the bounds with the frames', () => {
    const { low, high } = stackFrames(pendulum.create(), 2).spec.observationSpace;
    expect(high).toEqual([1, 1, 8, 1, 1, 8]);
    expect(low).toEqual([-1, -1, -8, -1, -1, -8]);
  });
});

describe('stickActions', () => {
  const executedWith = (probability: number, steps: number) => {
    const counter = new Counter();
    const env = stickActions(counter, probability);
    const out = new Uint8Array(4);
    env.reset(out, 0, 1);
    for (let t = 0; t < steps; t++) env.step(t, out, 0);
    return counter.received as number[];
  };

  it('executes all actions as given with probability 0, and only the first with probability 1', () => {
    expect(executedWith(0, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(executedWith(1, 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('repeats what was executed, as often as its probability says', () => {
    const executed = executedWith(0.25, 4000);
    const repeated = executed.filter((action, t) => t > 0 && action === executed[t - 1]).length;
    expect(executed.every((action, t) => action === t || action === executed[t - 1])).toBe(true);
    expect(Math.abs(repeated / 4000 - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 4000));
  });

  it('leaves the environment’s own random numbers alone', () => {
    const [first] = asGym(cartPole).reset({ seed: 8 });
    expect(asGym(cartPole, stickActions(cartPole.create(), 0.5)).reset({ seed: 8 })[0]).toEqual(first);
  });

  it('keeps a copy of an action whose memory is used again', () => {
    const env = stickActions(pendulum.create(), 1);
    const plain = pendulum.create();
    const out = new Float32Array(3);
    const expected = new Float32Array(3);
    const action = Float32Array.of(2);
    env.reset(out, 0, 1);
    plain.reset(expected, 0, 1);
    env.step(action, out, 0);
    plain.step(Float32Array.of(2), expected, 0);
    action[0] = -2;
    env.step(action, out, 0);
    plain.step(Float32Array.of(2), expected, 0);
    expect(out).toEqual(expected);
  });
});

describe('Wrappers of actions and rewards', () => {
  const rewardOf = (env: Env, force: number) => {
    const out = new Float32Array(3);
    env.reset(out, 0, 1);
    env.step(Float32Array.of(force), out, 0);
    return env.reward;
  };

  it('clip an action before the environment charges for it', () => {
    expect(rewardOf(mountainCarContinuous.create(), 3)).toBe(-0.9);
    expect(rewardOf(clipAction(mountainCarContinuous.create()), 3)).toBe(-0.1);
    expect(rewardOf(clipAction(mountainCarContinuous.create()), -3)).toBe(-0.1);
  });

  it('stretch an action from [0, 1] to the bounds of the environment', () => {
    const rescaled = rescaleAction(mountainCarContinuous.create(), 0, 1);
    expect(rescaled.spec.actionSpace).toMatchObject({ low: [0], high: [1] });
    expect(rewardOf(rescaled, 0.5)).toBe(0);
    expect(rewardOf(rescaled, 1)).toBe(-0.1);
    expect(rewardOf(rescaled, 0)).toBe(-0.1);
  });

  it('limit rewards on both sides', () => {
    const env = clipReward(new Counter(), -1, 25);
    const out = new Uint8Array(4);
    env.reset(out, 0);
    const rewards = [0, 0].map(() => {
      env.step(0, out, 0);
      return env.reward;
    });
    expect(rewards).toEqual([20, 25]);
  });

  it('refuse what they cannot be put around', () => {
    expect(() => clipAction(cartPole.create())).toThrow('The actions of CartPole-v1 are choices, not vectors.');
    expect(() => maskObservation(new Counter(), [0])).toThrow('is not a vector');
  });
});

describe('limitTime', () => {
  it('moves the step in which an episode is truncated', () => {
    const gym = asGym(pendulum, limitTime(pendulum.create(), 3));
    gym.reset({ seed: 1 });
    const flags = [1, 2, 3].map(() => gym.step(Float32Array.of(0))[3]);
    expect(flags).toEqual([false, false, true]);
  });
});
