/** A run out of the store and back into it, as a zip. */
import { unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../../src/checkpoints/checkpointFile.ts';
import { encodeWeights } from '../../src/checkpoints/weightsFile.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { episodeColumnNames, learnerMetricNames } from '../../src/metrics/metrics.ts';
import { networkOf } from '../../src/networks/networkOf.ts';
import { parameterLayout } from '../../src/networks/parameterLayout.ts';
import { encodeArchive, importArchive, openArchive } from '../../src/runs/archive.ts';
import { BrowserRunStore } from '../../src/runs/BrowserRunStore.ts';
import { noRows, progressOf, type StoredCurves, type StoredRun } from '../../src/runs/RunStore.ts';
import { startingRun } from '../../src/runs/startingRun.ts';

const h = hyperparametersOf('cartpole', { tag: 'pole', lr: 0.0012345 });
const network = networkOf(h);
const { size, trainableSize } = parameterLayout(network);
const store = new BrowserRunStore('test-archive');

const columns = <Name extends string>(names: readonly Name[], length: number) =>
  Object.fromEntries(
    names.map((name, i) => [
      name,
      { length, values: Float64Array.from({ length }, (_, row) => Math.sin(row + i) / 3) },
    ]),
  ) as StoredCurves['episodes'] & StoredCurves['metrics'];
const curves: StoredCurves = { episodes: columns(episodeColumnNames, 40), metrics: columns(learnerMetricNames, 9) };

let run: StoredRun;

beforeEach(async () => {
  run = { ...startingRun(h, 'stopped', []), note: 'Ü & <b>', evaluations: [] };
  await store.put(run);
  await store.record(run.id, curves, noRows, {
    ...progressOf(run),
    frames: 900,
    updates: 9,
    seconds: 1.5,
    breaks: [300],
  });
  const state = {
    parameters: new Float32Array(size).fill(0.25),
    moments: new Float32Array(2 * trainableSize).fill(0.125),
    distillation: new Float32Array(0),
    updates: 9,
    frames: 900,
    seconds: 1.5,
  };
  await store.writeCheckpoint(run.id, 900, encodeCheckpoint(state, network));
  await store.writeWeights(run.id, 'best', 600, encodeWeights(new Float32Array(size).fill(0.5), network, h));
  run = (await store.get(run.id))!;
});

afterEach(async () => {
  for (const { id } of await store.list()) await store.delete(id);
});

const rezipped = (zip: Uint8Array, change: (files: Record<string, Uint8Array>) => void): Uint8Array => {
  const files = unzipSync(zip);
  change(files);
  return zipSync(files);
};

describe('A run as a zip', () => {
  it('comes back as it was, under a name of its own', async () => {
    const copy = await importArchive(store, await openArchive(await encodeArchive(store, run)));
    const { id, name, colour, ...rest } = (await store.get(copy.id))!;
    expect(name).toBe('pole-2');
    expect(colour).not.toBe(run.colour);
    expect(rest).toMatchObject({
      note: 'Ü & <b>',
      frames: 900,
      breaks: [300],
      hyperparameters: h,
      checkpoint: run.checkpoint,
      sizeBytes: run.sizeBytes,
    });
    expect(await store.readCurves(id)).toEqual(await store.readCurves(run.id));
    expect(await store.readCheckpoint(id)).toEqual(await store.readCheckpoint(run.id));
    for (const entry of run.weights) {
      expect(rest.weights).toContainEqual(entry);
      expect(await store.readWeights(id, entry)).toEqual(await store.readWeights(run.id, entry));
    }
  });

  it('is opened by any zip program, and its curves by any spreadsheet', async () => {
    const files = unzipSync(await encodeArchive(store, run));
    expect(Object.keys(files).sort()).toEqual([
      'checkpoint.safetensors',
      'config.json',
      'episodes.csv',
      'metrics.csv',
      'run.json',
      'weights/best-600.safetensors',
      'weights/latest-900.safetensors',
    ]);
    expect(new TextDecoder().decode(files['episodes.csv']).split('\n')).toHaveLength(42);
  });

  it('is refused with a sentence if anything in it was changed or is missing, and nothing is stored', async () => {
    const zip = await encodeArchive(store, run);
    const damaged = rezipped(zip, (files) => {
      files['metrics.csv']![40]! ^= 1;
    });
    const incomplete = rezipped(zip, (files) => {
      delete files['checkpoint.safetensors'];
    });
    const foreign = zipSync({ 'readme.txt': new Uint8Array(3) });
    await expect(openArchive(damaged)).rejects.toThrow('metrics.csv is damaged');
    await expect(openArchive(incomplete)).rejects.toThrow('checkpoint.safetensors is missing');
    await expect(openArchive(foreign)).rejects.toThrow('it has no run.json');
    await expect(openArchive(Uint8Array.of(1, 2, 3))).rejects.toThrow('it is no zip, or a damaged one');
    expect(await store.list()).toHaveLength(1);
  });

  it('leaves nothing behind where the browser has no room for all of it', async () => {
    class FullStore extends BrowserRunStore {
      override writeCheckpoint = () => Promise.reject(new Error('The disk is full.'));
    }
    const archive = await openArchive(await encodeArchive(store, run));
    await expect(importArchive(new FullStore('test-archive'), archive)).rejects.toThrow('The disk is full.');
    expect((await store.list()).map(({ id }) => id)).toEqual([run.id]);
  });

  it('is refused if its settings make no sense here', async () => {
    const zip = await encodeArchive(store, run);
    const odd = rezipped(zip, (files) => {
      const text = new TextDecoder().decode(files['run.json']).replace('"batchSize":', '"batchSizes":');
      files['run.json'] = new TextEncoder().encode(text);
    });
    await expect(openArchive(odd)).rejects.toThrow('"batchSizes" is not a hyperparameter');
  });
});
