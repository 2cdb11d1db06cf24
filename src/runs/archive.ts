/**
 * A whole run as one zip: what is stored of it, its curves as CSV, its settings, weights and checkpoint. `run.json` lists every other
 * file with its size and SHA-256, so that an archive is verified before anything of it is stored.
 */
import { type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate';
import { decodeCheckpoint } from '../checkpoints/checkpointFile.ts';
import { hyperparametersOfWeights } from '../checkpoints/weightsFile.ts';
import { readConfiguration } from '../config/parse.ts';
import { networkOf } from '../networks/networkOf.ts';
import { readCurvesCsv } from './curvesCsv.ts';
import { episodesCsv, metricsCsv } from './metricsCsv.ts';
import { noRows, progressOf, type RunStore, type StoredCurves, type StoredRun, type WeightsEntry } from './RunStore.ts';
import { freeName, nextColour } from './runNames.ts';
import { sha256 } from './sha256.ts';

/** Raised when the meaning of an archive changes. */
const formatVersion = 1;
const maxBytes = 2e9;
const maxFiles = 10_000;

interface Manifest {
  readonly pronkRun: number;
  readonly run: StoredRun;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly sha256: string }[];
}

/** What an archive holds, verified, and not stored yet. */
export interface OpenedArchive {
  readonly run: StoredRun;
  readonly curves: StoredCurves;
  /** By name within the archive. */
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  readonly sizeBytes: number;
}

const checkpointName = 'checkpoint.safetensors';
const weightsName = ({ kind, frames }: WeightsEntry): string => `weights/${kind}-${frames}.safetensors`;

export async function encodeArchive(store: RunStore, run: StoredRun): Promise<Uint8Array<ArrayBuffer>> {
  const curves = await store.readCurves(run.id);
  const texts: Record<string, string> = {
    'metrics.csv': metricsCsv(curves),
    'episodes.csv': episodesCsv(curves),
    'config.json': `${JSON.stringify(run.hyperparameters, null, 2)}\n`,
  };
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [name, text] of Object.entries(texts)) files[name] = new TextEncoder().encode(text);
  for (const entry of run.weights) files[weightsName(entry)] = await store.readWeights(run.id, entry);
  const checkpoint = await store.readCheckpoint(run.id);
  if (checkpoint) files[checkpointName] = checkpoint;
  const manifest: Manifest = {
    pronkRun: formatVersion,
    run,
    files: await Promise.all(
      Object.entries(files).map(async ([name, contents]) => ({
        name,
        sizeBytes: contents.byteLength,
        sha256: await sha256(contents),
      })),
    ),
  };
  const zippable: Zippable = { 'run.json': new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`) };
  // Weights are noise to a compressor.
  for (const [name, contents] of Object.entries(files))
    zippable[name] = [contents, { level: name.endsWith('.safetensors') ? 0 : 6 }];
  return zipSync(zippable) as Uint8Array<ArrayBuffer>;
}

/** Reads and verifies an archive. Throws an `ArchiveError` with a sentence to show. */
export async function openArchive(zip: Uint8Array): Promise<OpenedArchive> {
  const unzipped = unzip(zip);
  const manifest = readManifest(unzipped['run.json']);
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { name, sizeBytes, sha256: expected } of manifest.files) {
    const contents = unzipped[name] as Uint8Array<ArrayBuffer> | undefined;
    if (!contents) throw refused(`${name} is missing`);
    if (contents.byteLength !== sizeBytes || (await sha256(contents)) !== expected) throw refused(`${name} is damaged`);
    files[name] = contents;
  }
  const { hyperparameters, problems } = readConfiguration(manifest.run.hyperparameters);
  if (problems.length > 0) throw refused(problems.join(' '));
  const run = { ...manifest.run, hyperparameters };
  verifyFiles(run, files);
  const text = (name: string) => new TextDecoder().decode(files[name] ?? new Uint8Array());
  try {
    const curves = readCurvesCsv(text('episodes.csv'), text('metrics.csv'));
    return { run, curves, files, sizeBytes: zip.byteLength };
  } catch (error) {
    throw refused((error as Error).message);
  }
}

/** Stores an opened archive, whole or not at all, as a run of its own, under an id and a name that no other has. Returns it. */
export async function importArchive(store: RunStore, archive: OpenedArchive): Promise<StoredRun> {
  const runs = await store.list();
  const { run, curves, files } = archive;
  const isEnded = !['training', 'queued'].includes(run.status);
  const imported: StoredRun = {
    ...run,
    id: crypto.randomUUID(),
    name: freeName(run.name, runs),
    colour: nextColour(runs),
    status: isEnded ? run.status : 'interrupted',
    weights: [],
    checkpoint: null,
    sizeBytes: 0,
  };
  await store.put(imported);
  try {
    await store.record(imported.id, curves, noRows, progressOf(imported));
    for (const entry of run.weights) {
      if (entry.kind !== 'latest') {
        await store.writeWeights(imported.id, entry.kind, entry.frames, files[weightsName(entry)]!);
      }
    }
    const checkpoint = files[checkpointName];
    if (run.checkpoint && checkpoint) await store.writeCheckpoint(imported.id, run.checkpoint.frames, checkpoint);
  } catch (error) {
    await store.delete(imported.id);
    throw error;
  }
  return imported;
}

/** Sizes are looked at before anything is unpacked: a small zip can hold more than memory does. */
function unzip(zip: Uint8Array): Unzipped {
  let bytes = 0;
  let count = 0;
  try {
    return unzipSync(zip, {
      filter: ({ originalSize }) => {
        bytes += originalSize;
        count += 1;
        if (bytes > maxBytes || count > maxFiles) throw refused('it would unpack to more than this page can hold');
        return true;
      },
    });
  } catch (error) {
    if ((error as Error).name === 'ArchiveError') throw error;
    throw refused('it is no zip, or a damaged one');
  }
}

function readManifest(file: Uint8Array | undefined): Manifest {
  if (!file) throw refused('it has no run.json, so no run was exported to it');
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file)) as Partial<Manifest>;
  } catch {
    throw refused('its run.json is no JSON');
  }
  if (manifest.pronkRun !== formatVersion) throw refused('its format is not one that this version of Pronk reads');
  if (!isStoredRun(manifest.run) || !Array.isArray(manifest.files)) throw refused('its run.json is incomplete');
  return manifest as Manifest;
}

/** What the rest of the program relies on. Whatever else an archive brings along is shown as text at most. */
function isStoredRun(run: unknown): run is StoredRun {
  if (typeof run !== 'object' || run === null) return false;
  const fields = run as Record<keyof StoredRun, unknown>;
  const texts = [fields.name, fields.note, fields.status, fields.reason, fields.algorithm];
  const numbers = [fields.createdAt, fields.updatedAt, fields.frames, fields.updates, fields.seconds, fields.colour];
  const lists = [fields.spark, fields.evaluations, fields.changes, fields.log, fields.breaks, fields.weights];
  return (
    texts.every((text) => typeof text === 'string') &&
    statuses.includes(fields.status as string) &&
    numbers.every((number) => Number.isFinite(number)) &&
    lists.every(Array.isArray)
  );
}

const statuses = ['queued', 'training', 'interrupted', 'finished', 'stopped', 'failed'];

/** Every weights file and the checkpoint must be there, be readable, and fit the network. */
function verifyFiles(run: StoredRun, files: OpenedArchive['files']): void {
  for (const entry of run.weights) {
    const file = files[weightsName(entry)];
    if (!file) throw refused(`${weightsName(entry)} is missing`);
    hyperparametersOfWeights(file);
  }
  if (!run.checkpoint) return;
  if (!files[checkpointName]) throw refused(`${checkpointName} is missing`);
  decodeCheckpoint(files[checkpointName], networkOf(run.hyperparameters));
}

function refused(reason: string): Error {
  const error = new Error(`This archive cannot be imported: ${reason}.`);
  error.name = 'ArchiveError';
  return error;
}
