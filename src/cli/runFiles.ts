/** The files of a run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { RunSummary } from '../trainer/run.ts';

/** Makes the folder and writes `config.json`, so that a folder that cannot be written is heard of before training. */
export function openRunFolder(out: string, hyperparameters: Hyperparameters): void {
  try {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'config.json'), toJson(hyperparameters));
  } catch (error) {
    throw new Error(`The folder ${out} cannot be written: ${(error as Error).message}.`);
  }
}

export interface RunResults {
  /** Null where there are none worth keeping. */
  readonly weights: Buffer | null;
  readonly records: { readonly metrics: string; readonly episodes: string };
  readonly summary: RunSummary | null;
}

/** Weights of the middle of a run, in a file of their own. */
export function writeSavedWeights(out: string, frames: number, weights: Buffer): void {
  write(join(out, `weights-${frames}.safetensors`), weights);
}

/** Returns the summary with the names of all files of the folder in it. */
export function writeRunFiles(out: string, { weights, records, summary }: RunResults): RunSummary | null {
  const files: Record<string, string | Buffer> = { 'metrics.csv': records.metrics, 'episodes.csv': records.episodes };
  if (weights) files['weights.safetensors'] = weights;
  const names = ['config.json', ...Object.keys(files), ...(summary ? ['summary.json'] : [])].toSorted();
  const complete = summary && { ...summary, files: names };
  if (complete) files['summary.json'] = toJson(complete);
  for (const [name, contents] of Object.entries(files)) write(join(out, name), contents);
  return complete;
}

function write(path: string, contents: string | Buffer): void {
  try {
    writeFileSync(path, contents);
  } catch (error) {
    throw new Error(`${path} cannot be written: ${(error as Error).message}.`);
  }
}

/** A folder name that no other run has: out/CartPole-v1-seed1-20260102-030405. */
export function newRunFolder({ env, seed }: Hyperparameters, now: Date): string {
  const [date = '', time = ''] = now.toISOString().split(/[T.]/);
  const stamp = `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}`;
  return join('out', `${env.replace(/[^\w.-]+/g, '_')}-seed${seed}-${stamp}`);
}

const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
