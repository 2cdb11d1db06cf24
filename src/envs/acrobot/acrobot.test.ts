import { describe, expect, it } from 'vitest';
import { describeParityWithGymnasium } from '../../../test/classicControl.ts';
import { Acrobot } from './acrobot.ts';
import { acrobot } from './definition.ts';

describeParityWithGymnasium({
  definition: acrobot,
  fixture: 'classic-control/acrobot-v1.json',
  make: () => new Acrobot(),
});

describe('Acrobot', () => {
  it('loses no energy without torque', () => {
    const env = new Acrobot();
    const observation = new Float32Array(6);
    env.reset(observation, 0, 0);
    env.state.set([0.3, -0.2, 0, 0]);
    const before = energyOf(env.state);
    for (let t = 0; t < 20; t++) env.step(1, observation, 0);
    expect(Math.abs(energyOf(env.state) - before)).toBeLessThan(5e-3);
  });
});

/** Kinetic and potential energy of two links of mass, length and moment of inertia 1, from their velocities and heights. */
function energyOf(state: Float64Array): number {
  const [angle1, angle2, velocity1, velocity2] = state as unknown as [number, number, number, number];
  const sum = angle1 + angle2;
  const sumVelocity = velocity1 + velocity2;
  const centreVelocity = [
    velocity1 * Math.cos(angle1) + 0.5 * sumVelocity * Math.cos(sum),
    velocity1 * Math.sin(angle1) + 0.5 * sumVelocity * Math.sin(sum),
  ];
  const kinetic =
    0.5 * (0.25 + 1) * velocity1 ** 2 +
    0.5 * (centreVelocity[0]! ** 2 + centreVelocity[1]! ** 2) +
    0.5 * sumVelocity ** 2;
  return kinetic + 9.8 * (-0.5 * Math.cos(angle1) - Math.cos(angle1) - 0.5 * Math.cos(sum));
}
