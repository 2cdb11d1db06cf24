import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import type { Evaluation, RunSummary } from '../trainer/run.ts';
import type { News } from '../ui/automation.api.ts';
import { JsonReporter } from './JsonReporter.ts';
import { type RunReporter, Throughput } from './RunReporter.ts';
import { compact, TextReporter } from './TextReporter.ts';

const statistics = { episodes: 10, mean: 25.25, std: 3.5, min: 20, max: 31, iqm: 25, iqmCi95: [23, 27] } as const;
const evaluation: Evaluation = {
  ...statistics,
  frames: 20_000,
  policyVersion: 125,
  returns: [20, 31],
  lengths: [20, 31],
  isFinal: false,
};
const summary: RunSummary = {
  env: 'CartPole-v1',
  algorithm: 'IMPALA',
  device: 'wasm',
  seed: 1,
  frames: 300_000,
  seconds: 3,
  framesPerSecond: 100_000,
  episodes: 2000,
  updates: 1875,
  bottleneck: { part: 'balanced', label: 'balanced', advice: 'Nobody waits.' },
  evaluation: statistics,
  files: ['config.json', 'weights.safetensors'],
};
const nothing: News = {
  cursor: { savedFrames: 0, evaluations: 0, log: 0 },
  state: { status: 'training' },
  engine: null,
  frames: 0,
  updates: 0,
  seconds: 0,
  episodes: 0,
  meanReturn: null,
  evaluations: [],
  savedWeights: [],
  log: [],
  summary: null,
};

/** A short run, as a reporter hears of it. */
function play(reporter: RunReporter): void {
  reporter.started({ hyperparameters: hyperparametersOf('cartpole'), out: 'out/run' });
  reporter.happened({ ...nothing, state: { status: 'starting', phase: 'opening the engine' } });
  reporter.happened({ ...nothing, state: { status: 'starting', phase: 'opening the engine' } });
  reporter.happened({ ...nothing, log: [{ seconds: 0.1, level: 'warning', message: 'Slow.' }] });
  reporter.happened({ ...nothing, frames: 1600, updates: 10, seconds: 0.1, episodes: 70, meanReturn: 22.7 });
  reporter.happened({ ...nothing, frames: 81_600, updates: 510, seconds: 0.9, episodes: 900, meanReturn: 80 });
  reporter.happened({
    ...nothing,
    frames: 101_600,
    updates: 635,
    seconds: 1.1,
    meanReturn: 90,
    evaluations: [evaluation],
  });
  reporter.happened({ ...nothing, frames: 201_600, updates: 1260, seconds: 2.1, meanReturn: 200 });
  reporter.ended(summary);
  reporter.close();
}

const recorded = (make: (write: (text: string) => void) => RunReporter): string => {
  let text = '';
  play(
    make((piece) => {
      text += piece;
    }),
  );
  return text;
};

describe('The JSON reporter', () => {
  const lines = recorded((write) => new JsonReporter(write))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('prints an object per line, from start to summary', () => {
    expect(lines.map(({ type }) => type)).toEqual([
      'start',
      'log',
      'progress',
      'evaluation',
      'progress',
      'progress',
      'summary',
    ]);
  });

  it('tells of progress at most once a second of training', () => {
    const seconds = lines.filter(({ type }) => type === 'progress').map((line) => line.seconds);
    expect(seconds).toEqual([0.1, 1.1, 2.1]);
  });

  it('prints the throughput of late', () => {
    expect(lines.at(-2)).toMatchObject({ frames: 201_600, framesPerSecond: expect.closeTo(100_000), meanReturn: 200 });
  });

  it('ends with the summary as it is in summary.json', () => {
    expect(lines.at(-1)).toEqual({ type: 'summary', ...summary });
  });
});

describe('The text reporter', () => {
  it('prints lines where lines cannot be overwritten', () => {
    expect(recorded((write) => new TextReporter({ write, columns: null }))).toBe(
      [
        'Training IMPALA on CartPole-v1 for 300K env steps, seed 1, into out/run',
        'Opening the engine …',
        'warning: Slow.',
        '1.6K of 300K  return 22.7',
        'evaluated at 20K: mean return 25.3 ± 3.5 over 10 episodes',
        '202K of 300K  return 200.0  100K/s  eta 0:01',
        '300K env steps in 3.0 s (100K per second), 2000 episodes',
        'Balanced. Nobody waits.',
        'Evaluation over 10 episodes: mean 25.3 ± 3.5, from 20.0 to 31.0; interquartile mean 25.0 [23.0, 27.0]',
        'Files: config.json, weights.safetensors',
        '',
      ].join('\n'),
    );
  });

  it('keeps the bar below what stays, and never wider than the terminal', () => {
    const text = recorded((write) => new TextReporter({ write, columns: 80 }));
    const erase = '\r\u001b[K';
    const bars = text.split(erase).filter((part) => part.includes('█') || part.includes('░'));
    for (const line of bars) expect(line.split('\n')[0]!.length).toBeLessThan(80);
    expect(bars.at(-1)).toContain('67 %  202K of 300K  return 200.0  100K/s  eta 0:01');
    expect(text).toContain(`${erase}evaluated at 20K`);
    expect(text.endsWith('weights.safetensors\n')).toBe(true);
  });

  it('gives up the bar before the facts in a narrow terminal', () => {
    const text = recorded((write) => new TextReporter({ write, columns: 30 }));
    expect(text).not.toContain('░');
    expect(text).toContain(' 67 %  202K of 300K  return 2');
  });
});

describe('Throughput', () => {
  it('is unknown at first, then forgets how slowly it began', () => {
    const throughput = new Throughput();
    expect(throughput.update({ seconds: 0, frames: 0 })).toBeNull();
    expect(throughput.update({ seconds: 10, frames: 1000 })).toBe(100);
    for (let second = 11; second <= 20; second++) {
      throughput.update({ seconds: second, frames: 1000 + (second - 10) * 50_000 });
    }
    expect(throughput.update({ seconds: 21, frames: 551_000 })).toBeCloseTo(50_000);
  });
});

describe('Compact numbers', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [12_345, '12.3K'],
    [999_999, '1M'],
    [3_000_000, '3M'],
    [2.5e9, '2.5B'],
  ])('write %d as %s', (value, text) => {
    expect(compact(value)).toBe(text);
  });
});
