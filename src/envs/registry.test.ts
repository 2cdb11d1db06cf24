import { describe, expect, it } from 'vitest';
import { envDefinitions, findEnv } from './registry.ts';

describe('The registry', () => {
  it('finds every environment by its id', () => {
    for (const definition of envDefinitions) expect(findEnv(definition.spec.id)).toBe(definition);
  });

  it('has no id twice', () => {
    const ids = envDefinitions.map(({ spec }) => spec.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names the likeliest id and all others where there is none of the name', () => {
    expect(() => findEnv('cartpole-v0')).toThrow(
      /There is no environment "cartpole-v0"\. Did you mean "CartPole-v1"\? Known environments: .*CartPole-v1/,
    );
    expect(() => findEnv('')).toThrow(/Known environments/);
  });
});
