import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultHyperparameters,
  type HyperparameterName,
  hyperparameterNames,
  hyperparameters as table,
} from '../config/hyperparameters.ts';
import { flagOf } from './flags.ts';
import { readTrainArguments, type TrainOrder } from './trainArguments.ts';

const machine = { hardwareConcurrency: 4 };

/** What the command line asks for, with these files on disk. */
function read(line: string, files: Readonly<Record<string, string>> = {}): TrainOrder {
  const order = readTrainArguments(line.split(' ').filter(Boolean), machine, (path) => {
    if (files[path] === undefined) throw new Error('no such file');
    return files[path];
  });
  if (!order) throw new Error('help was asked for');
  return order;
}

const settingsOf = (line: string, files?: Readonly<Record<string, string>>) => read(line, files).hyperparameters;

const problemsOf = (line: string, files?: Readonly<Record<string, string>>): string[] => {
  try {
    read(line, files);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(0, -1);
  }
};

describe('The arguments of train', () => {
  it('are the defaults when there are none', () => {
    expect(read('')).toEqual({ hyperparameters: defaultHyperparameters, out: null, isHeaded: false, isJson: false });
  });

  it('have a flag for every hyperparameter, which reads every value it may have', () => {
    const anyValue = (name: HyperparameterName) => {
      const spec = table[name];
      switch (spec.kind) {
        case 'choice':
          return fc.constantFrom(...(spec.choices as readonly string[]));
        case 'flag':
          return fc.boolean();
        case 'text':
          return fc.constant(spec.default);
        case 'number':
          return 'integer' in spec
            ? fc.integer({ min: spec.min, max: Math.min(spec.max, 2 ** 31 - 1) })
            : fc.double({ min: spec.min, max: spec.max, noNaN: true });
      }
    };
    const setting = fc
      .constantFrom(...hyperparameterNames)
      .chain((name) => fc.tuple(fc.constant(name), anyValue(name)));
    fc.assert(
      fc.property(setting, ([name, value]) => {
        const line = [`--${flagOf(name)}=${value}`];
        try {
          expect(readTrainArguments(line, machine, () => '')?.hyperparameters[name]).toBe(value);
        } catch (error) {
          // The value is read; but one setting alone may not fit the others (too few storages, LSTM).
          expect((error as Error).message).not.toContain(`--${flagOf(name)}:`);
        }
      }),
    );
  });

  it('read numbers as people write them', () => {
    expect(settingsOf('--num-train-steps 3M --lr 3e-4')).toMatchObject({ numTrainSteps: 3_000_000, lr: 3e-4 });
  });

  it('count flags over the file, the file over the preset, the preset over the defaults', () => {
    const files = { 'my.json': '{ "numSteps": 40, "seed": 5 }' };
    const settings = settingsOf('--seed 9 --config my.json --preset rllte', files);
    expect(settings).toMatchObject({
      seed: 9,
      numSteps: 40,
      hiddenDim: 512,
      discount: defaultHyperparameters.discount,
    });
  });

  it('switch lockstep on and off in three ways', () => {
    const files = { 'my.json': '{ "lockstep": true }' };
    expect(settingsOf('--lockstep').lockstep).toBe(true);
    expect(settingsOf('--config my.json --no-lockstep', files).lockstep).toBe(false);
    expect(settingsOf('--config my.json --lockstep=false', files).lockstep).toBe(false);
  });

  it('are refused with every problem at once', () => {
    const problems = problemsOf('--lr fast --seeed 3 --preset cartpol --config none.json --device gpu --json=maybe');
    expect(problems).toEqual([
      'There is no flag --seeed; did you mean --seed?',
      'There is no preset "cartpol"; did you mean cartpole? Presets: cartpole, memory, appo, breakout, pendulum, deepSea, rllte.',
      'The configuration none.json cannot be read: no such file.',
      '--device: Learner device (device) must be one of auto, webgpu, wasm, cpu, not "gpu".',
      '--lr: Learning rate (lr) must be a number, not "fast".',
      '--json is true or false, not "maybe".',
    ]);
  });

  it('name the file in which a setting is wrong', () => {
    const files = { 'my.json': '{ "numSteps": 0, "batchsize": 1 }' };
    expect(problemsOf('--config my.json', files)).toEqual([
      'my.json: Rollout length (numSteps) must be at least 1, not 0.',
      'my.json: "batchsize" is not a hyperparameter; did you mean "batchSize"?',
    ]);
  });

  it('are refused before a browser is started if they cannot be trained', () => {
    expect(problemsOf('--env CartPole')[0]).toContain('Did you mean "CartPole-v1"?');
    expect(problemsOf('--num-storages 4')[0]).toContain('4 storages are too few');
  });
});
