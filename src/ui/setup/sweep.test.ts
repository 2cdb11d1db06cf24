import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import { listValues, sweepOf } from './sweep.ts';

const machine = { hardwareConcurrency: 4 };
const h = hyperparametersOf('cartpole', { tag: 'pole' });

describe('Values in a list', () => {
  it.each([
    ['1–5', ['1', '2', '3', '4', '5']],
    ['1-3, 7', ['1', '2', '3', '7']],
    ['1e-4, 3e-4', ['1e-4', '3e-4']],
    ['5–3', []],
    [' ', []],
  ])('"%s"', (text, values) => expect(listValues(text)).toEqual(values));
});

describe('A sweep', () => {
  it('is one run for each seed, named after it', () => {
    const { runs, problem } = sweepOf(h, 'seed', '1–3', machine);
    expect(problem).toBe('');
    expect(runs.map(({ seed, tag, lr }) => [seed, tag, lr])).toEqual([
      [1, 'pole-seed-1', h.lr],
      [2, 'pole-seed-2', h.lr],
      [3, 'pole-seed-3', h.lr],
    ]);
  });

  it('takes values as people write them, each once', () => {
    expect(sweepOf(h, 'lr', '1e-4 0.0001, 1/1000', machine).runs.map(({ lr }) => lr)).toEqual([1e-4, 1e-3]);
    expect(sweepOf(h, 'activation', 'tanh relu', machine).runs.map(({ activation }) => activation)).toEqual([
      'tanh',
      'relu',
    ]);
  });

  it.each([
    ['lr', 'fast', 'fast: Learning rate (lr) must be a number'],
    ['lr', '', 'Give values of Learning rate'],
    ['seed', '1–1000', 'more than 100 runs'],
    ['batchSize', '1M', '1M: '],
  ] as const)('of %s with "%s" is refused with a sentence', (name, text, sentence) => {
    const { runs, problem } = sweepOf(h, name, text, machine);
    expect(runs).toEqual([]);
    expect(problem).toContain(sentence);
  });
});
