import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestName, similarName } from './editDistance.ts';

describe('The edit distance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['flaw', 'lawn', 2],
  ])('of "%s" and "%s" is %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  it('is a metric', () => {
    const words = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe('The nearest name', () => {
  it('is found whatever the case', () => {
    expect(nearestName('CARTPOLE', ['Acrobot-v1', 'CartPole-v1', 'Pendulum-v1'])).toBe('CartPole-v1');
  });
});

describe('A similar name', () => {
  it('is suggested for a slip of the finger', () => {
    expect(similarName('batchsze', ['device', 'batchSize'])).toBe('batchSize');
  });

  it('is not made up for a name that is nothing like it', () => {
    expect(similarName('learningRate', ['device', 'batchSize'])).toBeNull();
  });
});
