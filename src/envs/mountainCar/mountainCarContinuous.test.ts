import { describe, expect, it } from 'vitest';
import { describeParityWithGymnasium, optionalNumber, readRecording, toAction } from '../../../test/classicControl.ts';
import { mountainCarContinuous } from './definition.ts';
import { MountainCarContinuous } from './mountainCarContinuous.ts';

const fixture = 'classic-control/mountaincarcontinuous-v0.json';
const make = ({ goal_velocity }: Readonly<Record<string, unknown>>) =>
  new MountainCarContinuous({ goalVelocity: optionalNumber(goal_velocity, 0) });

describeParityWithGymnasium({
  definition: mountainCarContinuous,
  fixture,
  make,
  setState: (env, state, t) => {
    env.state.set(state);
    (env as MountainCarContinuous).isRounded = t > 0;
  },
});

describe('MountainCarContinuous', () => {
  it.each(readRecording(fixture).episodes)('reproduces all of $id bit for bit', (episode) => {
    const env = make(episode.kwargs);
    const observation = new Float32Array(2);
    env.reset(observation, 0, 0);
    env.state.set(episode.initial_state);
    episode.actions.forEach((action, t) => {
      env.step(toAction(action, env.spec.actionSpace) as Float32Array, observation, 0);
      expect([...env.state, env.reward]).toEqual([...episode.state[t]!, episode.reward[t]!]);
    });
  });

  it('clips the force but charges for the action as given', () => {
    const stepWith = (force: number) => {
      const env = new MountainCarContinuous();
      const observation = new Float32Array(2);
      env.reset(observation, 0, 0);
      env.step(Float32Array.of(force), observation, 0);
      return env;
    };
    expect([...stepWith(3).state]).toEqual([...stepWith(2).state]);
    expect(stepWith(3).reward).toBe(-0.9);
  });
});
