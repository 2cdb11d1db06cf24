import { describe, expect, it } from 'vitest';
import { distributionFor } from '../../distributions/distribution.ts';
import type { ActionSpace } from '../../envs/spaces.ts';
import { largestEntropy, policyRows } from './policyRows.ts';

const spaces: readonly ActionSpace[] = [
  { kind: 'discrete', n: 3, names: ['left', 'stay', 'right'] },
  { kind: 'multiDiscrete', nvec: [2, 3], names: ['speed', 'gear'] },
  { kind: 'multiBinary', n: 2 },
  { kind: 'box', shape: [2], dtype: 'float32', low: [-2], high: [2] },
];
const [, choices, switches, box] = spaces as [ActionSpace, ActionSpace, ActionSpace, ActionSpace];

describe('The rows of a policy', () => {
  it.each(spaces)('are told apart by their labels, before and after the first step: $kind', (space) => {
    const { outputSize } = distributionFor(space);
    for (const numbers of [null, new Array<number>(outputSize).fill(0.5)]) {
      const labels = policyRows(space, numbers).map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
    }
    expect(policyRows(space, null).every(({ text, from, to }) => text === '–' && from === to)).toBe(true);
  });

  it('are the options of each choice, one choice after the other', () => {
    expect(policyRows(choices, [0.25, 0.75, 0, 1, 0])).toMatchObject([
      { label: 'speed 0', to: 0.25, text: '0.25' },
      { label: 'speed 1', to: 0.75 },
      { label: 'gear 0', to: 0 },
      { label: 'gear 1', to: 1 },
      { label: 'gear 2', to: 0 },
    ]);
  });

  it('are one for each switch', () => {
    expect(policyRows(switches, [0.1, 0.9]).map(({ label, to }) => [label, to])).toEqual([
      ['switch 1', 0.1],
      ['switch 2', 0.9],
    ]);
  });

  it('show a vector as a deviation around each mean, within its bounds', () => {
    expect(policyRows(box, [0, -1.5, 1, 1])).toEqual([
      { label: 'action 1', from: 0.25, to: 0.75, text: '0.00 ± 1.00' },
      { label: 'action 2', from: 0, to: 0.375, text: '−1.50 ± 1.00' },
    ]);
  });
});

describe('The largest entropy', () => {
  it('is the logarithm of how many actions there are', () => {
    expect(spaces.slice(0, 3).map((space) => Math.exp(largestEntropy(space)!))).toEqual(
      [3, 2 * 3, 2 ** 2].map((numActions) => expect.closeTo(numActions, 10)),
    );
  });

  it('does not exist for a vector', () => {
    expect(largestEntropy(box)).toBeUndefined();
  });
});
