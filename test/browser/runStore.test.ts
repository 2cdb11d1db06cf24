/** The store of runs against the browser's own database and file system. */
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/checkpoints/checkpointFile.ts';
import { decodeWeights } from '../../src/checkpoints/weightsFile.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { episodeColumnNames, learnerMetricNames } from '../../src/metrics/metrics.ts';
import { networkOf } from '../../src/networks/networkOf.ts';
import { parameterLayout } from '../../src/networks/parameterLayout.ts';
import { BrowserRunStore } from '../../src/runs/BrowserRunStore.ts';
import { noRows, progressOf, rowsOf, type StoredCurves, type StoredRun } from '../../src/runs/RunStore.ts';
import { holdRunLock } from '../../src/runs/runLock.ts';
import { startingRun } from '../../src/runs/startingRun.ts';

const h = hyperparametersOf('cartpole', { tag: 'pole' });
const network = networkOf(h);
const store = new BrowserRunStore('test-runs');

const column = (length: number, value: (row: number) => number) => ({
  length,
  values: Float64Array.from({ length: length + 5 }, (_, row) => value(row)), // With room behind, as a recorder has it.
});

const curves = (episodes: number, rows: number): StoredCurves => ({
  episodes: Object.fromEntries(
    episodeColumnNames.map((name, i) => [name, column(episodes, (row) => 100 * row + i)]),
  ) as StoredCurves['episodes'],
  metrics: Object.fromEntries(
    learnerMetricNames.map((name, i) => [name, column(rows, (row) => 1000 * row + i)]),
  ) as StoredCurves['metrics'],
});

const progress = progressOf(startingRun(h, 'finished', []));

const { size, trainableSize } = parameterLayout(network);
const checkpoint = (frames: number) => ({
  parameters: Float32Array.from({ length: size }, (_, i) => i % 7),
  moments: new Float32Array(2 * trainableSize),
  distillation: new Float32Array(0),
  updates: frames / 100,
  frames,
  seconds: 2,
});

async function storedRun(changes: Partial<StoredRun> = {}): Promise<StoredRun> {
  const run = { ...startingRun(h, 'finished', await store.list()), ...changes };
  await store.put(run);
  return run;
}

afterEach(async () => {
  for (const { id } of await store.list()) await store.delete(id);
});

describe('The store of runs', () => {
  it('puts the pieces of a curve together in their order', async () => {
    const { id } = await storedRun();
    await store.record(id, curves(3, 1), noRows, progress);
    await store.record(id, curves(3, 1), rowsOf(curves(3, 1)), progress);
    await store.record(id, curves(12, 14), rowsOf(curves(3, 1)), { ...progress, frames: 700 });
    const read = await store.readCurves(id);
    expect([...read.episodes.episodeReturn.values]).toEqual(Array.from({ length: 12 }, (_, row) => 100 * row + 1));
    expect([...read.metrics.queue.values]).toEqual(
      Array.from({ length: 14 }, (_, row) => 1000 * row + learnerMetricNames.indexOf('queue')),
    );
    expect(await store.get(id)).toMatchObject({
      frames: 700,
      numEpisodes: 12,
      sizeBytes: 12 * 4 * 8 + 14 * learnerMetricNames.length * 8,
    });
  });

  it('stores what was recorded at once in the order it was recorded, though nobody waited', async () => {
    const { id } = await storedRun();
    await Promise.all([
      store.record(id, curves(3, 2), noRows, progress),
      store.record(id, curves(5, 2), { episodes: 3, metrics: 2 }, { ...progress, frames: 20 }),
      store.record(id, curves(9, 4), { episodes: 5, metrics: 2 }, { ...progress, frames: 40 }),
    ]);
    const { episodes, metrics } = await store.readCurves(id);
    expect([...episodes.frames.values]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((row) => 100 * row));
    expect([...metrics.frames.values]).toEqual([0, 1, 2, 3].map((row) => 1000 * row));
    expect(await store.get(id)).toMatchObject({ frames: 40, numEpisodes: 9 });
  });

  it('replaces the curve of a run that is resumed', async () => {
    const { id } = await storedRun();
    await store.record(id, curves(20, 20), noRows, progress);
    await store.record(id, curves(5, 5), noRows, progress);
    expect((await store.readCurves(id)).episodes.frames.length).toBe(5);
  });

  it('keeps the newest checkpoint, reads weights from it, and forgets the ones that were best before', async () => {
    const { id } = await storedRun();
    await store.writeCheckpoint(id, 500, encodeCheckpoint(checkpoint(500), network));
    await store.writeCheckpoint(id, 900, encodeCheckpoint(checkpoint(900), network));
    await store.writeWeights(id, 'best', 300, Uint8Array.of(1));
    await store.writeWeights(id, 'best', 800, Uint8Array.of(2));
    await store.writeWeights(id, 'saved', 300, Uint8Array.of(3));
    const { weights } = (await store.get(id))!;
    expect(weights.map(({ kind, frames }) => `${kind} ${frames}`).sort()).toEqual([
      'best 800',
      'latest 900',
      'saved 300',
    ]);
    expect(decodeCheckpoint((await store.readCheckpoint(id))!, network)).toEqual(checkpoint(900));
    const latest = await store.readWeights(id, weights.find(({ kind }) => kind === 'latest')!);
    expect(decodeWeights(latest, network).parameters[8]).toBe(1);
    await expect(store.readWeights(id, { kind: 'best', frames: 300, sizeBytes: 1 })).rejects.toThrow('are gone');
  });

  it('deletes the files that a run no longer lists', async () => {
    const { id } = await storedRun();
    await store.writeCheckpoint(id, 500, encodeCheckpoint(checkpoint(500), network));
    await store.writeWeights(id, 'saved', 300, Uint8Array.of(1));
    await store.writeWeights(id, 'saved', 600, Uint8Array.of(2));
    const run = (await store.get(id))!;
    const entry = (frames: number) => run.weights.find((one) => one.kind === 'saved' && one.frames === frames)!;
    await store.put({ ...run, weights: run.weights.filter(({ frames }) => frames <= 500) });
    await expect(store.readWeights(id, entry(600))).rejects.toThrow('are gone');
    expect(await store.readWeights(id, entry(300))).toEqual(Uint8Array.of(1));
    expect(await store.readCheckpoint(id)).not.toBeNull();
  });

  it('calls a run interrupted whose tab is gone', async () => {
    const { id } = await storedRun({ status: 'training' });
    expect((await store.get(id))!.status).toBe('interrupted');
    const release = await holdRunLock(id);
    expect((await store.get(id))!.status).toBe('training');
    await expect(holdRunLock(id)).rejects.toThrow('Another tab trains this run.');
    release();
  });

  it('loses nothing when two change a run at the same time', async () => {
    const { id } = await storedRun();
    await Promise.all([
      store.change(id, { name: 'mine' }),
      store.record(id, curves(1, 1), noRows, { ...progress, frames: 10 }),
    ]);
    expect(await store.get(id)).toMatchObject({ name: 'mine', frames: 10 });
  });

  it('removes a run with all that belongs to it, and does not bring it back', async () => {
    const { id } = await storedRun();
    await store.record(id, curves(4, 4), noRows, progress);
    await store.writeCheckpoint(id, 500, encodeCheckpoint(checkpoint(500), network));
    await store.delete(id);
    await store.record(id, curves(8, 8), { episodes: 4, metrics: 4 }, { ...progress, frames: 10 });
    await store.writeCheckpoint(id, 900, encodeCheckpoint(checkpoint(900), network));
    await store.writeWeights(id, 'best', 900, Uint8Array.of(1));
    expect(await store.get(id)).toBeNull();
    expect(await store.readCheckpoint(id)).toBeNull();
    await expect(store.readWeights(id, { kind: 'best', frames: 900, sizeBytes: 1 })).rejects.toThrow('are gone');
    expect((await store.readCurves(id)).episodes.frames.length).toBe(0);
  });

  it('frees files and keeps curves when asked for that', async () => {
    const { id } = await storedRun();
    await store.record(id, curves(4, 4), noRows, progress);
    const { sizeBytes } = (await store.get(id))!;
    await store.writeCheckpoint(id, 500, encodeCheckpoint(checkpoint(500), network));
    await store.deleteFiles(id);
    expect(await store.get(id)).toMatchObject({ sizeBytes, weights: [], checkpoint: null });
    expect((await store.readCurves(id)).episodes.frames.length).toBe(4);
  });

  it('reads runs that were stored before progress lay beside them, and goes on with them', async () => {
    const name = `test-runs-1-${crypto.randomUUID()}`;
    const first = await openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('chunks', { keyPath: ['runId', 'index'] });
        database.createObjectStore('files');
      },
    });
    const run = { ...startingRun(h, 'stopped', []), frames: 500, sizeBytes: 96 };
    await first.put('runs', run);
    first.close();
    const later = new BrowserRunStore(name);
    expect(await later.list()).toEqual([run]);
    await later.record(run.id, curves(2, 0), noRows, { ...progress, frames: 700 });
    expect(await later.get(run.id)).toMatchObject({ name: run.name, frames: 700, numEpisodes: 2, sizeBytes: 64 });
    await later.delete(run.id);
  });

  it('gives each run a name and a look of its own', async () => {
    const [a, b] = [await storedRun(), await storedRun()];
    expect([a.name, b.name]).toEqual(['pole', 'pole-2']);
    expect(a.colour).not.toBe(b.colour);
  });

  it('tells other tabs of a change', async () => {
    const other = new BrowserRunStore('test-runs');
    const told = new Promise<void>((resolve) => other.subscribe(resolve));
    await storedRun();
    await told;
  });
});
