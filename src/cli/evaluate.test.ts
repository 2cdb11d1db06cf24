import { describe, expect, it } from 'vitest';
import { firstEvaluationSeed } from '../config/evaluation.ts';
import { readEvaluateArguments } from './evaluate.ts';

const read = (line: string) => readEvaluateArguments(line.split(' ').filter(Boolean));

describe('The arguments of evaluate', () => {
  it('play a hundred greedy episodes on the seeds of every evaluation unless told otherwise', () => {
    expect(read('--weights a.safetensors')).toEqual({
      weights: 'a.safetensors',
      env: null,
      config: null,
      episodes: 100,
      firstSeed: firstEvaluationSeed,
      isGreedy: true,
      isJson: false,
    });
  });

  it('are read', () => {
    expect(read('--weights a --env Acrobot-v1 --config c.json --episodes 1k --seed 0 --sampled --json')).toEqual({
      weights: 'a',
      env: 'Acrobot-v1',
      config: 'c.json',
      episodes: 1000,
      firstSeed: 0,
      isGreedy: false,
      isJson: true,
    });
  });

  it('are refused with every problem at once', () => {
    expect(() => read('--episodes 0 --seed -1 --sampled=perhaps')).toThrow(
      [
        '--episodes is a whole number from 1 to 100000, not "0".',
        '--seed is a whole number from 0 to 4294967295, not "-1".',
        '--sampled is true or false, not "perhaps".',
        'Which weights? --weights FILE names them.',
      ].join('\n'),
    );
  });

  it('may ask for help', () => {
    expect(read('--help')).toBeNull();
  });
});
