import { describe, expect, it } from 'vitest';
import { describeParityWithGymnasium, optionalNumber } from '../../../test/classicControl.ts';
import { mountainCar } from './definition.ts';
import { MountainCar } from './mountainCar.ts';

describeParityWithGymnasium({
  definition: mountainCar,
  fixture: 'classic-control/mountaincar-v0.json',
  make: ({ goal_velocity }) => new MountainCar({ goalVelocity: optionalNumber(goal_velocity, 0) }),
});

describe('MountainCar', () => {
  it('stops at the left wall, and starts again from there', () => {
    const env = new MountainCar();
    const observation = new Float32Array(2);
    env.reset(observation, 0, 0);
    env.state.set([-1.19, -0.07]);
    env.step(0, observation, 0);
    expect([...env.state]).toEqual([-1.2, 0]);
    env.step(2, observation, 0);
    expect(env.state[1]).toBeGreaterThan(0);
  });
});
