/** The runs of this browser: records and curves in its database, weights and checkpoints as files. */
import type { IDBPDatabase } from 'idb';
import { decodeCheckpoint } from '../checkpoints/checkpointFile.ts';
import { encodeWeights } from '../checkpoints/weightsFile.ts';
import { defaultHyperparameters } from '../config/hyperparameters.ts';
import { networkOf } from '../networks/networkOf.ts';
import { bytesOf, chunkOf, curvesOf, sparkOf } from './curves.ts';
import { openRunDatabase, type ProgressEntry, type RunDatabase } from './database.ts';
import type {
  RunLabels,
  RunProgress,
  RunStore,
  StoredCurves,
  StoredRows,
  StoredRun,
  WeightsEntry,
} from './RunStore.ts';
import { openRunFiles, type RunFiles } from './runFiles.ts';
import { idsUnderWay } from './runLock.ts';

const checkpointName = 'checkpoint.safetensors';
const weightsName = ({ kind, frames }: Pick<WeightsEntry, 'kind' | 'frames'>): string =>
  `${kind}-${frames}.safetensors`;

export class BrowserRunStore implements RunStore {
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  readonly #channel: BroadcastChannel;
  #opening: Promise<IDBPDatabase<RunDatabase>> | null = null;
  #files: Promise<RunFiles> | null = null;

  /** @param name of the database and of the folder of files */
  constructor(name = 'pronk-runs') {
    this.#name = name;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = () => this.#tell();
  }

  async list(): Promise<readonly StoredRun[]> {
    const transaction = (await this.#database()).transaction(['runs', 'progress']);
    const [runs, entries, alive] = await Promise.all([
      transaction.objectStore('runs').getAll(),
      transaction.objectStore('progress').getAll(),
      idsUnderWay(),
    ]);
    const progress = new Map(entries.map((entry) => [entry.runId, entry]));
    return runs.map((run) => asItIs(run, progress.get(run.id), alive)).sort((a, b) => b.createdAt - a.createdAt);
  }

  async get(id: string): Promise<StoredRun | null> {
    const transaction = (await this.#database()).transaction(['runs', 'progress']);
    const [run, progress, alive] = await Promise.all([
      transaction.objectStore('runs').get(id),
      transaction.objectStore('progress').get(id),
      idsUnderWay(),
    ]);
    return run ? asItIs(run, progress, alive) : null;
  }

  async readCurves(id: string): Promise<StoredCurves> {
    return curvesOf(await (await this.#database()).getAll('chunks', chunksOf(id)));
  }

  async readWeights(id: string, entry: WeightsEntry): Promise<Uint8Array<ArrayBuffer>> {
    if (entry.kind === 'latest') return this.#latestWeights(id);
    const file = await (await this.#fileSystem()).read(id, weightsName(entry));
    if (!file) throw new Error('These weights are gone from the storage of this browser.');
    return file;
  }

  async readCheckpoint(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return (await this.#fileSystem()).read(id, checkpointName);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async put(run: StoredRun): Promise<void> {
    const transaction = (await this.#database()).transaction(['runs', 'progress'], 'readwrite');
    const [before] = await Promise.all([
      transaction.objectStore('runs').get(run.id),
      transaction.objectStore('runs').put(run),
      transaction.objectStore('progress').delete(run.id),
      transaction.done,
    ]);
    const kept = fileNames(run);
    if (before)
      await this.#deleteFilesOf(
        run.id,
        fileNames(before).filter((name) => !kept.includes(name)),
      );
    this.#changed();
  }

  change(id: string, changes: Partial<RunLabels>): Promise<void> {
    return this.#modify(id, (run) => ({ ...run, ...changes }));
  }

  async deleteFiles(id: string): Promise<void> {
    await (await this.#fileSystem()).deleteAll(id);
    await this.#modify(id, (run) => ({
      ...run,
      weights: [],
      checkpoint: null,
      sizeBytes: run.sizeBytes - fileBytes(run),
    }));
  }

  async delete(id: string): Promise<void> {
    const transaction = (await this.#database()).transaction(['runs', 'progress', 'chunks'], 'readwrite');
    await Promise.all([
      transaction.objectStore('runs').delete(id),
      transaction.objectStore('progress').delete(id),
      transaction.objectStore('chunks').delete(chunksOf(id)),
      transaction.done,
    ]);
    await (await this.#fileSystem()).deleteAll(id);
    this.#changed();
  }

  async record(id: string, curves: StoredCurves, stored: StoredRows, progress: RunProgress): Promise<void> {
    const chunk = chunkOf(curves, stored, id);
    const entry: ProgressEntry = {
      ...progress,
      runId: id,
      numEpisodes: curves.episodes.frames.length,
      spark: sparkOf(curves.episodes.episodeReturn),
      updatedAt: Date.now(),
      curveBytes: bytesOf(curves),
    };
    const transaction = (await this.#database()).transaction(['progress', 'chunks'], 'readwrite');
    const chunks = transaction.objectStore('chunks');
    const writes: Promise<unknown>[] = [transaction.objectStore('progress').put(entry)];
    if (chunk.index === 0) writes.push(chunks.delete(chunksOf(id)));
    if (chunk.episodes.length + chunk.metrics.length > 0) writes.push(chunks.put(chunk));
    transaction.commit(); // At once, not when the page has heard of each write: it may be left before.
    await Promise.all([...writes, transaction.done]);
    if (!(await this.#has(id))) await this.delete(id);
    this.#changed();
  }

  async writeWeights(id: string, kind: 'best' | 'saved', frames: number, file: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!(await this.#has(id))) return;
    const files = await this.#fileSystem();
    const entry: WeightsEntry = { kind, frames, sizeBytes: file.byteLength };
    await files.write(id, weightsName(entry), file);
    const replaced: WeightsEntry[] = [];
    await this.#modify(id, (run) => {
      const isReplaced = (old: WeightsEntry) => old.kind === kind && (kind === 'best' || old.frames === frames);
      replaced.push(...run.weights.filter(isReplaced));
      return withFiles(run, { weights: [...run.weights.filter((old) => !isReplaced(old)), entry] });
    });
    for (const old of replaced) if (old.frames !== frames) await files.delete(id, weightsName(old));
  }

  async writeCheckpoint(id: string, frames: number, file: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!(await this.#has(id))) return;
    await (await this.#fileSystem()).write(id, checkpointName, file);
    const latest: WeightsEntry = { kind: 'latest', frames, sizeBytes: Math.round(file.byteLength / 3) };
    await this.#modify(id, (run) =>
      withFiles(run, {
        checkpoint: { frames, sizeBytes: file.byteLength },
        weights: [latest, ...run.weights.filter(({ kind }) => kind !== 'latest')],
      }),
    );
  }

  async #latestWeights(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const [run, file] = await Promise.all([this.get(id), this.readCheckpoint(id)]);
    if (!run || !file) throw new Error('The newest weights of this run are gone from the storage of this browser.');
    const network = networkOf(run.hyperparameters);
    return encodeWeights(decodeCheckpoint(file, network).parameters, network, run.hyperparameters);
  }

  async #deleteFilesOf(id: string, names: readonly string[]): Promise<void> {
    const files = await this.#fileSystem();
    for (const name of names) await files.delete(id, name);
  }

  /** Files of a run that is gone would lie there for ever. */
  async #has(id: string): Promise<boolean> {
    return (await (await this.#database()).getKey('runs', id)) !== undefined;
  }

  /** In one transaction, so that two who change different things of a run lose nothing. */
  async #modify(id: string, change: (run: StoredRun) => StoredRun): Promise<void> {
    const transaction = (await this.#database()).transaction('runs', 'readwrite');
    const run = await transaction.store.get(id);
    if (run) await transaction.store.put(change(run));
    await transaction.done;
    this.#changed();
  }

  #database(): Promise<IDBPDatabase<RunDatabase>> {
    this.#opening ??= openRunDatabase(this.#name, () => {
      this.#opening = null;
    });
    this.#opening.catch(() => {
      this.#opening = null; // Asked again, it may be allowed.
    });
    return this.#opening;
  }

  #fileSystem(): Promise<RunFiles> {
    this.#files ??= openRunFiles(this.#name, () => this.#database());
    return this.#files;
  }

  #changed(): void {
    this.#channel.postMessage('changed');
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const chunksOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);

/** A run that was under way when its tab died is interrupted; settings that came later have their defaults. */
function asItIs(run: StoredRun, entry: ProgressEntry | undefined, alive: ReadonlySet<string>): StoredRun {
  const { runId: _, curveBytes = 0, ...progress } = entry ?? {};
  const status = entry?.status ?? run.status;
  return {
    ...run,
    ...progress,
    sizeBytes: entry ? fileBytes(run) + curveBytes : run.sizeBytes,
    hyperparameters: { ...defaultHyperparameters, ...run.hyperparameters },
    status: status === 'training' && !alive.has(run.id) ? 'interrupted' : status,
  };
}

/** The newest weights lie in the checkpoint. */
const fileNames = ({ weights, checkpoint }: Pick<StoredRun, 'weights' | 'checkpoint'>): string[] => [
  ...weights.filter(({ kind }) => kind !== 'latest').map(weightsName),
  ...(checkpoint ? [checkpointName] : []),
];

const fileBytes = ({ weights, checkpoint }: Pick<StoredRun, 'weights' | 'checkpoint'>): number =>
  weights.reduce((sum, { kind, sizeBytes }) => sum + (kind === 'latest' ? 0 : sizeBytes), checkpoint?.sizeBytes ?? 0);

const withFiles = (run: StoredRun, files: Partial<Pick<StoredRun, 'weights' | 'checkpoint'>>): StoredRun => {
  const changed = { ...run, ...files };
  return { ...changed, sizeBytes: run.sizeBytes - fileBytes(run) + fileBytes(changed) };
};

/** The store of this page. */
export const runStore: RunStore = new BrowserRunStore();
