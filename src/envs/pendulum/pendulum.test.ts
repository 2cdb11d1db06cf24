import { describe, expect, it } from 'vitest';
import { describeParityWithGymnasium, optionalNumber } from '../../../test/classicControl.ts';
import { pendulum } from './definition.ts';
import { Pendulum } from './pendulum.ts';

describeParityWithGymnasium({
  definition: pendulum,
  fixture: 'classic-control/pendulum-v1.json',
  make: ({ g }) => new Pendulum({ gravity: optionalNumber(g, 10) }),
  rewardTolerance: 1e-10,
});

describe('Pendulum', () => {
  const stepFrom = (angle: number, velocity: number, torque: number) => {
    const env = new Pendulum();
    const observation = new Float32Array(3);
    env.reset(observation, 0, 0);
    env.state.set([angle, velocity]);
    env.step(Float32Array.of(torque), observation, 0);
    return env;
  };

  it('costs nothing upright, at rest and without torque', () => {
    expect(stepFrom(0, 0, 0).reward).toBeCloseTo(0, 15);
  });

  it('costs the same however many turns it has made', () => {
    expect(stepFrom(1 - 6 * Math.PI, 0, 0).reward).toBeCloseTo(-1, 12);
  });

  it('clips the torque in the motion and in the cost', () => {
    expect(stepFrom(1, 0, 50).reward).toBe(stepFrom(1, 0, 2).reward);
    expect([...stepFrom(1, 0, -50).state]).toEqual([...stepFrom(1, 0, -2).state]);
  });
});
