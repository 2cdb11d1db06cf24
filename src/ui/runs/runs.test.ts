import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../config/presets.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { startingRun } from '../../runs/startingRun.ts';
import type { Agent, Evaluation } from '../../trainer/run.ts';
import { bestEvaluation, differingNames, groupBySettings, lookOfColour } from './runFacts.ts';
import { parseFilter } from './runFilter.ts';
import { firstSorting, sortedBy, sortRuns } from './runSort.ts';
import { weightsOfAgent } from './runWeights.ts';

let clock = 1000;

function makeRun(name: string, h: Parameters<typeof hyperparametersOf>[1], more: Partial<StoredRun> = {}): StoredRun {
  return { ...startingRun(hyperparametersOf('cartpole', h), 'finished', [], clock++), name, ...more };
}

const evaluation = (iqm: number) => ({ iqm }) as Evaluation;

const runs = [
  makeRun('alpha', { env: 'LunarLander-v3', lr: 3e-4, seed: 1 }, { evaluations: [evaluation(150), evaluation(90)] }),
  makeRun(
    'beta',
    { env: 'LunarLander-v3', lr: 3e-4, seed: 2 },
    { note: 'the good one', evaluations: [evaluation(240)] },
  ),
  makeRun('gamma', { env: 'CartPole-v1', lr: 1e-5, lockstep: true }, { status: 'failed', isPinned: true }),
];

const accepted = (text: string): string[] => runs.filter(parseFilter(text).accepts).map(({ name }) => name);

describe('The filter of the runs', () => {
  it.each([
    ['', ['alpha', 'beta', 'gamma']],
    ['env:lunar', ['alpha', 'beta']],
    ['env:lunar lr>1e-4 seed=2', ['beta']],
    ['lr<=1e-5', ['gamma']],
    ['GOOD', ['beta']],
    ['-env:lunar', ['gamma']],
    ['state:failed', ['gamma']],
    ['best>=200', ['beta']],
    ['best<100', []],
    ['lockstep:true', ['gamma']],
    ['seed!=1', ['beta']],
    ['lr>', ['alpha', 'beta', 'gamma']],
  ])('understands "%s"', (text, names) => {
    expect(accepted(text)).toEqual(names);
    expect(parseFilter(text).problems).toEqual([]);
  });

  it('says what it does not understand, and hides nothing for it', () => {
    expect(accepted('speed>3 lr>fast')).toHaveLength(3);
    expect(parseFilter('speed>3 lr>fast').problems).toEqual([
      'Runs have no "speed".',
      '"fast" is not a number to compare lr with.',
    ]);
  });
});

describe('The order of the runs', () => {
  it('has pinned runs first, then the newest', () => {
    expect(sortRuns(runs, firstSorting).map(({ name }) => name)).toEqual(['gamma', 'beta', 'alpha']);
  });

  it('puts runs that were never evaluated behind the others, and turns around when asked again', () => {
    const best = sortedBy(firstSorting, 'best');
    const unpinned = runs.map((run) => ({ ...run, isPinned: false }));
    expect(sortRuns(unpinned, best).map(({ name }) => name)).toEqual(['beta', 'alpha', 'gamma']);
    expect(sortRuns(unpinned, sortedBy(best, 'best')).map(({ name }) => name)).toEqual(['gamma', 'alpha', 'beta']);
  });

  it('knows settings', () => {
    const byRate = sortRuns(
      runs.map((run) => ({ ...run, isPinned: false })),
      { key: 'h.lr', isDescending: false },
    );
    expect(byRate[0]!.name).toBe('gamma');
  });
});

describe('Runs side by side', () => {
  it('show only settings that differ', () => {
    expect(differingNames(runs.slice(0, 2))).toEqual(['seed']);
    expect(differingNames(runs)).toEqual(['env', 'seed', 'lr', 'lockstep'].toSorted(byForm));
    expect(differingNames([])).toEqual([]);
  });

  it('are grouped if only their seeds differ', () => {
    expect(groupBySettings(runs).map((group) => group.map(({ name }) => name))).toEqual([['alpha', 'beta'], ['gamma']]);
  });

  it('have their best evaluation by its interquartile mean', () => {
    expect(bestEvaluation(runs[0]!)?.iqm).toBe(150);
    expect(bestEvaluation(runs[2]!)).toBeNull();
    const [early, late] = [evaluation(500), evaluation(500)];
    expect(bestEvaluation({ evaluations: [early, late, evaluation(90)] })).toBe(late); // Its weights are those that are kept.
  });

  it('never share colour and dash among the first eighteen', () => {
    const looks = Array.from({ length: 18 }, (_, colour) => JSON.stringify(lookOfColour(colour)));
    expect(new Set(looks).size).toBe(18);
  });
});

const names = Object.keys(hyperparametersOf('cartpole'));
const byForm = (a: string, b: string): number => names.indexOf(a) - names.indexOf(b);

describe('The weights of the present run', () => {
  const saved = (frames: number) => ({ frames, file: Uint8Array.of(1) });
  const stored = (kind: 'latest' | 'best' | 'saved', frames: number) => ({ kind, frames, sizeBytes: 1 });
  const agent = { record: { frames: 900 } } as Agent;
  const run = makeRun(
    'pole',
    {},
    {
      weights: [stored('latest', 800), stored('best', 300), stored('saved', 200), stored('saved', 600)],
    },
  );
  const titles = (best: ReturnType<typeof saved> | null) =>
    weightsOfAgent(agent, run.id, run, [saved(600), saved(700)], best).map(({ detail }) => detail);

  it('are those in memory, and what was stored before it was resumed', () => {
    expect(titles(saved(700))).toEqual([
      'present weights',
      'best evaluation, 700 env steps',
      'saved, 700 env steps',
      'saved, 600 env steps',
      'saved, 200 env steps',
    ]);
    expect(titles(null)).toContain('best evaluation, 300 env steps');
  });

  it('stay chosen when better ones take their place', () => {
    const idOfBest = (frames: number) => weightsOfAgent(agent, run.id, run, [], saved(frames))[1]!.id;
    expect(idOfBest(300)).toBe(idOfBest(700));
  });
});
