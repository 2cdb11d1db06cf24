import { describe, expect, it } from 'vitest';
import { envDefinitions, findEnv } from '../../envs/registry.ts';
import { familiesOf, familyOf, matches } from './envSearch.ts';

describe('The list of environments', () => {
  it('knows the family of a task by its prefix', () => {
    expect(familyOf({ ...findEnv('CartPole-v1').spec, id: 'Suite/Task-v0' })).toBe('Suite');
    expect(familyOf(findEnv('CartPole-v1').spec)).toBe('Control');
  });

  it('puts every environment into exactly one family', () => {
    const specs = envDefinitions.map((definition) => definition.spec);
    const families = familiesOf(specs);
    expect(new Set(families).size).toBe(families.length);
    expect(specs.every((spec) => families.includes(familyOf(spec)))).toBe(true);
  });

  it('is searched by all words of the query, in any order and case', () => {
    const { spec } = findEnv('CartPole-v1');
    expect(['', 'cartpole', 'UPRIGHT cart', 'pole push'].every((query) => matches(spec, query))).toBe(true);
    expect(matches(spec, 'cartpole lander')).toBe(false);
  });
});
