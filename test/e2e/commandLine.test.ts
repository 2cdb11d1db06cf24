import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { flagOf } from '../../src/cli/flags.ts';
import { hyperparameterNames } from '../../src/config/hyperparameters.ts';
import { learnerMetricNames } from '../../src/metrics/metrics.ts';
import type { RunSummary } from '../../src/trainer/run.ts';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const launcher = join(import.meta.dirname, '../../src/cli/launch.mjs');

function begin(command: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const environment = { ...process.env, ...env };
  return spawn(process.execPath, [launcher, command, ...parameters], { env: environment });
}

function untilEnd(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => {
    stdout += data;
  });
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

const untilPrinted = (child: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve) => {
    child.stdout?.on('data', (data) => {
      if (String(data).includes(text)) resolve();
    });
  });

/** Process ids of what a process has started itself, by Linux's /proc. */
const childrenOf = (parent: number | undefined): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .filter((pid) => Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === parent)
    .map(Number);

const run = (command: string, ...parameters: string[]): Promise<Ended> => untilEnd(begin(command, parameters));

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'pronk-'));

/** Few steps, no evaluation on the way. */
const tiny = ['--device', 'cpu', '--num-train-steps', '3200', '--eval-interval', '0', '--num-final-eval-episodes', '8'];

/** A run that was trained once, for all tests that need one: its files, and how the command ended. */
const trained = temporaryFolder();
const trainedWeights = join(trained, 'weights.safetensors');
let training: Ended;

beforeAll(async () => {
  training = await run('train', ...tiny, '--json', '--out', trained);
}, 120_000);

const printedObjects = (stdout: string): { type: string }[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });

describe('`npm run train`', () => {
  it('leaves weights, configuration, records and a summary, and prints JSON alone if asked to', () => {
    const { code, stdout, stderr } = training;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = printedObjects(stdout);
    expect(new Set(lines.map(({ type }) => type))).toEqual(
      new Set(['start', 'log', 'progress', 'evaluation', 'summary']),
    );

    const summary = JSON.parse(readFileSync(join(trained, 'summary.json'), 'utf8')) as RunSummary;
    expect(lines.at(-1)).toEqual({ type: 'summary', ...summary });
    expect(summary).toMatchObject({ env: 'CartPole-v1', algorithm: 'IMPALA', device: 'cpu', seed: 1, frames: 3200 });
    expect(summary.evaluation?.episodes).toBe(8);
    expect(summary.files.every((file) => existsSync(join(trained, file)))).toBe(true);

    const [header, ...rows] = readFileSync(join(trained, 'metrics.csv'), 'utf8').trimEnd().split('\n');
    expect(header).toBe(learnerMetricNames.join(','));
    expect(rows).toHaveLength(2); // 20 updates of 20 × 8 steps, 10 in a row
    const episodes = readFileSync(join(trained, 'episodes.csv'), 'utf8').trimEnd().split('\n');
    expect(episodes).toHaveLength(summary.episodes + 1);
    const { tensors } = decodeSafetensors(readFileSync(trainedWeights));
    expect(Object.values(tensors).every(({ data }) => data.every(Number.isFinite))).toBe(true);
  });

  it('gives the same bytes for the same seed in lockstep', async () => {
    const folders = [temporaryFolder(), temporaryFolder()];
    const settings = [...tiny, '--lockstep', '--seed', '7', '--num-actors', '2'];
    const ends = await Promise.all(folders.map((out) => run('train', ...settings, '--out', out)));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    const [first, second] = folders.map((out) => readFileSync(join(out, 'weights.safetensors')));
    expect(first?.equals(second!)).toBe(true);
  });

  it('goes on from the weights of a file, and is repeated from the configuration of a run', async () => {
    const out = temporaryFolder();
    const origin = ['--config', join(trained, 'config.json'), '--init-model-path', trainedWeights];
    // With a learning rate of zero nothing is learned: what comes out is what went in.
    expect(await run('train', ...origin, '--lr', '0', '--out', out)).toMatchObject({ code: 0, stderr: '' });
    const tensorsOf = (folder: string) => decodeSafetensors(readFileSync(join(folder, 'weights.safetensors'))).tensors;
    expect(tensorsOf(out)).toEqual(tensorsOf(trained));
  });

  it('keeps what there is when it is interrupted', async () => {
    const out = temporaryFolder();
    const child = begin('train', ['--device', 'cpu', '--num-train-steps', '1G', '--json', '--out', out]);
    const end = untilEnd(child);
    await untilPrinted(child, '"progress"');
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'Stopped.\n' });
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as RunSummary;
    expect(summary.frames).toBeGreaterThan(0);
    expect(summary.evaluation).toBeNull();
    expect(existsSync(join(out, 'weights.safetensors'))).toBe(true);
  });

  it.runIf(process.platform === 'linux')('fails in a sentence when the browser dies', async () => {
    const child = begin('train', ['--device', 'cpu', '--num-train-steps', '1G', '--json', '--out', temporaryFolder()]);
    const end = untilEnd(child);
    await untilPrinted(child, '"progress"');
    for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL');
    expect(await end).toMatchObject({ code: 1, stderr: 'The browser was closed.\n' });
  });

  it('ends at once when it is interrupted before training began', async () => {
    const child = begin('train', [...tiny, '--out', temporaryFolder()]);
    const end = untilEnd(child);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill('SIGINT');
    expect([130, null]).toContain((await end).code);
  });

  it.each([
    ['a flag that does not exist', ['--sede', '1'], 2, 'There is no flag --sede; did you mean --seed?'],
    ['an environment that does not exist', ['--env', 'CartPole'], 2, 'There is no environment "CartPole".'],
    ['too few storages', ['--num-storages', '3'], 2, '3 storages are too few'],
    ['initial weights that are not there', ['--init-model-path', 'nowhere'], 1, 'nowhere cannot be read'],
    ['a folder that is a file', ['--out', 'package.json'], 1, 'The folder package.json cannot be written'],
  ])('refuses %s in a sentence', async (_what, parameters, code, sentence) => {
    const ended = await run('train', ...parameters);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr.startsWith(sentence)).toBe(true);
    expect(ended.stderr).not.toContain('    at ');
  });

  it('refuses weights that do not fit the network, naming the tensor', async () => {
    const settings = [...tiny, '--hidden-dim', '32', '--init-model-path', trainedWeights, '--out', temporaryFolder()];
    const ended = await run('train', ...settings);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('has the shape [64, 4], not [32, 4]');
  });

  it('says so where there is no browser', async () => {
    const child = begin('train', [...tiny, '--out', temporaryFolder()], { CHROMIUM_PATH: '/nowhere/chromium' });
    const { code, stderr } = await untilEnd(child);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'CHROMIUM_PATH is "/nowhere/chromium", and there is no such file.\n',
    });
  });

  it('has a help text that names every hyperparameter', async () => {
    const { code, stdout } = await run('train', '--help');
    expect(code).toBe(0);
    expect(hyperparameterNames.filter((name) => !stdout.includes(`  --${flagOf(name)}`))).toEqual([]);
  });
});

describe('`npm run evaluate`', () => {
  it('plays the episodes of the final evaluation again, return for return', async () => {
    const final = printedObjects(training.stdout)
      .map((line) => line as { type: string; isFinal?: boolean; returns?: number[] })
      .find(({ type, isFinal }) => type === 'evaluation' && isFinal);
    const { code, stdout } = await run('evaluate', '--weights', trainedWeights, '--episodes', '8', '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { returns: number[] }).returns).toEqual(final?.returns);
  });

  it('refuses a file that is none of ours', async () => {
    const file = join(temporaryFolder(), 'weights.safetensors');
    writeFileSync(file, 'not weights at all');
    const { code, stdout, stderr } = await run('evaluate', '--weights', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('not a readable safetensors file');
  });
});

/** Null where something cannot be had on this machine, or not in reasonable time. */
const numberOrNull = {
  asymmetricMatch: (value: unknown) => value === null || (typeof value === 'number' && value >= 0),
  toString: () => 'a number or null',
};

describe('`npm run bench`', () => {
  const numbers = (...names: string[]) => Object.fromEntries(names.map((name) => [name, numberOrNull]));

  it('prints one JSON object with a figure for each part, and for the whole', { timeout: 300_000 }, async () => {
    const { code, stdout, stderr } = await run('bench', '--quick', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const learner = numbers('msPerUpdate', 'framesPerSecond', 'dispatches', 'jsMsPerUpdate');
    const inference = numbers('microsecondsPerStep', 'gflops');
    const env = numbers('stepsPerSecond', 'scalarStepsPerSecond');
    const results = JSON.parse(stdout);
    expect(results).toEqual({
      machine: expect.objectContaining({ threads: expect.any(Number), browser: expect.stringContaining('Chromium') }),
      env: {
        'CartPole-v1': env,
        'LunarLander-v3': env,
        'MinAtar/Breakout-v1': env,
        'MiniGrid-DoorKey-5x5-v0': env,
      },
      inference: { mlp64: inference, minatarConv: inference, lstm128: inference, natureCnn: inference },
      learner: {
        wasm: { mlp64: learner, minatarConv: learner, lstm128: learner },
        webgpu: { mlp64: learner },
        cpu: { mlp64: learner },
      },
      queue: numbers('handoversPerSecond'),
      endToEnd: { 'CartPole-v1': numbers('framesPerSecond', 'framesPerSecondSmallUpdates', 'efficiency') },
      timeToSolve: { 'CartPole-v1': numbers('seconds') },
    });
    expect(results.env['CartPole-v1'].stepsPerSecond).toBeGreaterThan(0);
    expect(results.learner.wasm.mlp64.dispatches).toBeGreaterThan(0);
  });

  it('refuses what it does not know, with what it does', async () => {
    const { code, stderr } = await run('bench', '--only', 'inference/mlp65');
    expect(code).toBe(2);
    expect(stderr).toContain('There is nothing called "inference/mlp65" to measure. Known: env/CartPole-v1');
  });
});
