import { describe, expect, it } from 'vitest';
import { describeParityWithGymnasium } from '../../../test/classicControl.ts';
import { CartPole } from './cartPole.ts';
import { cartPole } from './definition.ts';

describeParityWithGymnasium({
  definition: cartPole,
  fixture: 'classic-control/cartpole-v1.json',
  make: (kwargs) => new CartPole({ suttonBartoReward: kwargs.sutton_barto_reward === true }),
});

describe('CartPole', () => {
  const stepFrom = (position: number, angle: number, env = new CartPole()) => {
    const observation = new Float32Array(4);
    env.reset(observation, 0, 0);
    env.state.set([position, 0, angle, 0]);
    env.step(0, observation, 0);
    return env;
  };

  it('still stands exactly on a limit, and falls just beyond it', () => {
    const limit = (12 * 2 * Math.PI) / 360;
    expect(stepFrom(2.4, 0).terminated).toBe(false);
    expect(stepFrom(2.4 + 1e-15, 0).terminated).toBe(true);
    expect(stepFrom(0, -limit).terminated).toBe(false);
    expect(stepFrom(0, -limit - 1e-16).terminated).toBe(true);
  });

  it('pays for the step in which the pole falls, unless it pays as Sutton and Barto do', () => {
    expect(stepFrom(3, 0).reward).toBe(1);
    expect(stepFrom(3, 0, new CartPole({ suttonBartoReward: true })).reward).toBe(-1);
    expect(stepFrom(0, 0, new CartPole({ suttonBartoReward: true })).reward).toBe(0);
  });
});
