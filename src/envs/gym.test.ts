import { describe, expect, it } from 'vitest';
import { makeRecordingCanvas } from '../../test/recordingCanvas.ts';
import { palettes } from './canvas.ts';
import { CartPole, cartPoleSpec } from './cartPole/cartPole.ts';
import { cartPole } from './cartPole/definition.ts';
import { asGym } from './gym.ts';
import { pendulum } from './pendulum/definition.ts';

const playToTheEnd = (gym: ReturnType<typeof asGym>) => {
  let length = 0;
  for (;;) {
    const step = gym.step(0);
    length += 1;
    if (step[2] || step[3]) return { length, step };
  }
};

describe('The Gymnasium face of an environment', () => {
  it('begins the same episode for the same seed, and another one without', () => {
    const gym = asGym(cartPole);
    const [first] = gym.reset({ seed: 3 });
    const [next] = gym.reset();
    expect(gym.reset({ seed: 3 })[0]).toEqual(first);
    expect(gym.reset()[0]).toEqual(next);
    expect(next).not.toEqual(first);
  });

  it('hands out a fresh observation every time', () => {
    const gym = asGym(cartPole);
    const [first] = gym.reset({ seed: 3 });
    const kept = first.slice();
    const [second] = gym.step(1);
    gym.step(0);
    expect(first).toEqual(kept);
    expect(second).not.toEqual(kept);
  });

  it('tells return and length of the episode in its last step only', () => {
    const gym = asGym(cartPole);
    expect(gym.reset({ seed: 3 })[1]).toEqual({});
    expect(gym.step(0)[4]).toEqual({});
    const { length, step } = playToTheEnd(gym);
    expect(step[4]).toEqual({ episode: { r: length + 1, l: length + 1 } });
  });

  it('truncates at the time limit and not before', () => {
    const env = new CartPole();
    const gym = asGym(cartPole, env);
    gym.reset({ seed: 3 });
    for (let t = 1; t <= cartPoleSpec.maxEpisodeSteps; t++) {
      env.state.fill(0);
      const [, , terminated, truncated] = gym.step(t % 2);
      expect([terminated, truncated]).toEqual([false, t === cartPoleSpec.maxEpisodeSteps]);
    }
  });

  it('refuses to step before the first reset and after the end', () => {
    const gym = asGym(cartPole);
    expect(() => gym.step(0)).toThrow('CartPole-v1 has no episode to step in yet: call reset() first.');
    gym.reset({ seed: 3 });
    const { length } = playToTheEnd(gym);
    expect(() => gym.step(0)).toThrow(`ended after ${length} steps: call reset()`);
    gym.reset();
    expect(() => gym.step(0)).not.toThrow();
  });

  it('draws the present state', () => {
    const gym = asGym(cartPole);
    const draw = () => {
      const { context, commands } = makeRecordingCanvas();
      gym.render(context, 300, 200, palettes.dark);
      return commands;
    };
    gym.reset({ seed: 3 });
    const atFirst = draw();
    expect(atFirst.length).toBeGreaterThan(0);
    gym.step(0);
    gym.step(0);
    expect(draw()).not.toEqual(atFirst);
  });

  it.each([[Float32Array.of(1, 2)], [Float32Array.of(Number.NaN)], [0]])('refuses %s as a vector of one', (action) => {
    const gym = asGym(pendulum);
    gym.reset();
    expect(() => gym.step(action)).toThrow('Pendulum-v1 takes actions of 1 finite numbers');
  });

  it.each([2, -1, 0.5, Number.NaN, Float32Array.of(1)])('refuses %s as one of two actions', (action) => {
    const gym = asGym(cartPole);
    gym.reset();
    expect(() => gym.step(action)).toThrow('CartPole-v1 takes the actions 0 … 1');
  });
});
