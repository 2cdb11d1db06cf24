import { describe, expect, it } from 'vitest';
import { describeFlags, type Flags, flagOf, parseFlags } from './flags.ts';

const flags: Flags = {
  lr: { kind: 'value', placeholder: 'NUMBER', doc: 'Learning rate.' },
  'num-train-steps': {
    kind: 'value',
    placeholder: 'NUMBER',
    doc: 'Steps to learn from, over all the actors that there are.',
  },
  lockstep: { kind: 'switch', doc: 'Take turns.' },
};

describe('Flags', () => {
  it('take their value from the next word or behind an equals sign', () => {
    expect(parseFlags(['--lr', '3e-4'], flags).values).toEqual({ lr: '3e-4' });
    expect(parseFlags(['--lr=3e-4'], flags).values).toEqual({ lr: '3e-4' });
  });

  it('take a negative number for a value', () => {
    expect(parseFlags(['--lr', '-1'], flags)).toEqual({ values: { lr: '-1' }, problems: [] });
  });

  it('are switched on, off, and by a word', () => {
    expect(parseFlags(['--lockstep'], flags).values).toEqual({ lockstep: 'true' });
    expect(parseFlags(['--no-lockstep'], flags).values).toEqual({ lockstep: 'false' });
    expect(parseFlags(['--lockstep=false'], flags).values).toEqual({ lockstep: 'false' });
  });

  it('do not swallow what follows a switch', () => {
    expect(parseFlags(['--lockstep', '--lr', '1'], flags).values).toEqual({ lockstep: 'true', lr: '1' });
  });

  it('count where they are given last', () => {
    expect(parseFlags(['--lr', '1', '--lr', '2', '--lockstep', '--no-lockstep'], flags).values).toEqual({
      lr: '2',
      lockstep: 'false',
    });
  });

  it('keep equals signs in a value', () => {
    expect(parseFlags(['--lr=a=b'], flags).values).toEqual({ lr: 'a=b' });
  });

  it('report everything that is wrong, and what was meant', () => {
    expect(parseFlags(['--learning', '1', 'CartPole-v1', '--num_train_steps=5', '--lr'], flags).problems).toEqual([
      'There is no flag --learning.',
      '"CartPole-v1" stands alone: every setting is a flag, such as --env CartPole-v1.',
      'There is no flag --num_train_steps; did you mean --num-train-steps?',
      '--lr needs a value: --lr NUMBER.',
    ]);
  });

  it('suggest the flag of a name in camelCase', () => {
    expect(parseFlags(['--numTrainSteps', '5'], flags).problems).toEqual([
      'There is no flag --numTrainSteps; did you mean --num-train-steps?',
    ]);
  });

  it('are never found in the prototype of an object', () => {
    expect(parseFlags(['--constructor', '1', '--no-toString'], flags).problems).toHaveLength(2);
  });

  it('cannot be negated where they have a value', () => {
    expect(parseFlags(['--no-lr'], flags).problems).toHaveLength(1);
  });

  it('are kebab-case', () => {
    expect(flagOf('numEnvsPerActor')).toBe('num-envs-per-actor');
    expect(flagOf('beta1')).toBe('beta1');
  });

  it('are described in columns', () => {
    expect(describeFlags(flags, 60)).toBe(
      [
        '  --lr NUMBER               Learning rate.',
        '  --num-train-steps NUMBER  Steps to learn from, over all',
        '                            the actors that there are.',
        '  --lockstep                Take turns.',
      ].join('\n'),
    );
  });
});
