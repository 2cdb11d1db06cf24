import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../config/parse.ts';
import { hyperparametersOf } from '../config/presets.ts';
import type { RunSummary } from '../trainer/run.ts';
import { newRunFolder, openRunFolder, writeRunFiles } from './runFiles.ts';

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'pronk-'));
const h = hyperparametersOf('cartpole');
const summary: RunSummary = {
  env: 'CartPole-v1',
  algorithm: 'IMPALA',
  device: 'cpu',
  seed: 1,
  frames: 0,
  seconds: 0,
  framesPerSecond: 0,
  episodes: 0,
  updates: 0,
  bottleneck: null,
  evaluation: null,
  files: [],
};
const records = { metrics: 'frames\n', episodes: 'frames\n' };

describe('The files of a run', () => {
  it('are all in the folder, and the summary names each', () => {
    const folder = join(temporaryFolder(), 'a/b');
    openRunFolder(folder, h);
    const written = writeRunFiles(folder, { weights: Buffer.of(1, 2), records, summary });
    expect(written?.files).toEqual([
      'config.json',
      'episodes.csv',
      'metrics.csv',
      'summary.json',
      'weights.safetensors',
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(written?.files);
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(written);
  });

  it('hold a configuration that can be trained again', () => {
    const folder = temporaryFolder();
    openRunFolder(folder, h);
    const json = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    expect(readConfiguration(json)).toEqual({ hyperparameters: h, problems: [] });
  });

  it('hold no weights and no summary of a run that failed', () => {
    const folder = temporaryFolder();
    openRunFolder(folder, h);
    expect(writeRunFiles(folder, { weights: null, records, summary: null })).toBeNull();
    expect(readdirSync(folder).toSorted()).toEqual(['config.json', 'episodes.csv', 'metrics.csv']);
  });

  it('cannot go into a folder that is a file, which is said in a sentence', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => openRunFolder(file, h)).toThrow(/^The folder .* cannot be written: /);
  });
});

describe('A new folder', () => {
  it('is named after environment, seed and time, in characters every system allows', () => {
    const now = new Date('2026-01-02T03:04:05.678Z');
    expect(newRunFolder({ ...h, env: 'MinAtar/Breakout-v1', seed: 3 }, now)).toBe(
      join('out', 'MinAtar_Breakout-v1-seed3-20260102-030405'),
    );
  });
});
