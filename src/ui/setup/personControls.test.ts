import { describe, expect, it } from 'vitest';
import { envDefinitions, findEnv } from '../../envs/registry.ts';
import type { Box } from '../../envs/spaces.ts';
import { personControls } from './personControls.ts';

const keysOf = (id: string) =>
  Object.fromEntries(
    personControls(findEnv(id).spec.actionSpace)!.bindings.map(({ keyName, action }) => [keyName, action]),
  );

describe('The keys that play an environment', () => {
  it('are arrows where the names of the actions say so', () => {
    expect(keysOf('CartPole-v1')).toEqual({ '←': 0, '→': 1 });
    expect(keysOf('LunarLander-v3')).toEqual({ '←': 1, '↑': 2, '→': 3 });
    expect(keysOf('Acrobot-v1')).toEqual({ '←': 0, '→': 2 });
  });

  it('push a continuous action to its bounds', () => {
    const { low, high } = findEnv('Pendulum-v1').spec.actionSpace as Box;
    expect(keysOf('Pendulum-v1')).toEqual({ '←': Float32Array.from(low), '→': Float32Array.from(high) });
  });

  it('let time stand still only where doing nothing is no action', () => {
    expect(personControls(findEnv('CartPole-v1').spec.actionSpace)?.idle).toBeNull();
    expect(personControls(findEnv('MountainCar-v0').spec.actionSpace)?.idle).toBe(1);
  });

  it.each(envDefinitions.map(({ spec }) => spec))('reach every action of $id once', ({ actionSpace }) => {
    const controls = personControls(actionSpace);
    if (!controls || actionSpace.kind !== 'discrete') return;
    const actions = [
      ...controls.bindings.map(({ action }) => action),
      ...(controls.idle === null ? [] : [controls.idle]),
    ];
    expect(actions.toSorted()).toEqual(Array.from({ length: actionSpace.n }, (_, i) => i));
    expect(new Set(controls.bindings.map(({ key }) => key)).size).toBe(controls.bindings.length);
  });
});
