/** Every set of weights that is kept of a run, and where it can be resumed, as files to take away. */
import { encodeCheckpoint } from '../../checkpoints/checkpointFile.ts';
import { encodeWeights } from '../../checkpoints/weightsFile.ts';
import type { Hyperparameters } from '../../config/hyperparameters.ts';
import { networkOf } from '../../networks/networkOf.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun, WeightsEntry } from '../../runs/RunStore.ts';
import type { RunRecord, SavedWeights } from '../../trainer/run.ts';
import { compact } from '../format.ts';
import { type ExportFile, fileOf } from './exportFile.ts';

const titles: Readonly<Record<WeightsEntry['kind'], string>> = {
  latest: 'The newest weights',
  best: 'The weights of the best evaluation',
  saved: 'Weights saved on the way',
};

const checkpointName = 'checkpoint.safetensors';
const weightsName = ({ kind, frames }: Pick<WeightsEntry, 'kind' | 'frames'>): string =>
  `weights-${kind}-${frames}.safetensors`;

const weightsDoc = ({ kind, frames }: Pick<WeightsEntry, 'kind' | 'frames'>): string =>
  `${titles[kind]}, at ${compact(frames)} env steps. PyTorch, play.py and this app read it.`;

const checkpointDoc = (frames: number): string =>
  `Parameters, optimiser and counts at ${compact(frames)} env steps, as flat tensors. Any reader of safetensors; this app trains on from it within the zip of a whole run.`;

export function storedFiles({ id, weights, checkpoint }: StoredRun): ExportFile[] {
  const files = weights
    .toSorted((a, b) => a.frames - b.frames)
    .map((entry) => ({
      name: weightsName(entry),
      doc: weightsDoc(entry),
      sizeBytes: entry.sizeBytes,
      read: () => runStore.readWeights(id, entry),
    }));
  if (!checkpoint) return files;
  const { frames, sizeBytes } = checkpoint;
  return [...files, { name: checkpointName, doc: checkpointDoc(frames), sizeBytes, read: () => readCheckpoint(id) }];
}

async function readCheckpoint(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await runStore.readCheckpoint(id);
  if (!file) throw new Error('The checkpoint of this run is gone from the storage of this browser.');
  return file;
}

/**
 * Of the present run: what is in memory, which is the newest there is, and besides it what was stored before the run was resumed.
 * @param stored null where this browser does not store the run
 */
export function presentFiles(
  { savedWeights, bestWeights, checkpoint }: RunRecord,
  hyperparameters: Hyperparameters,
  stored: StoredRun | null,
): ExportFile[] {
  const weights = (kind: WeightsEntry['kind'], { frames, file }: SavedWeights) =>
    fileOf(weightsName({ kind, frames }), file, weightsDoc({ kind, frames }));
  const files = savedWeights.map((saved) => weights('saved', saved));
  if (bestWeights) files.push(weights('best', bestWeights));
  if (checkpoint) {
    const { parameters, frames } = checkpoint;
    const network = networkOf(hyperparameters);
    files.push(weights('latest', { frames, file: encodeWeights(parameters, network, hyperparameters) }));
    files.push(fileOf(checkpointName, encodeCheckpoint(checkpoint, network), checkpointDoc(frames)));
  }
  if (!stored) return files;
  const isInMemory: Readonly<Record<WeightsEntry['kind'], (frames: number) => boolean>> = {
    latest: () => checkpoint !== null,
    best: () => bestWeights !== null,
    saved: (frames) => savedWeights.some((saved) => saved.frames === frames),
  };
  const before = stored.weights.filter(({ kind, frames }) => !isInMemory[kind](frames));
  return [...storedFiles({ ...stored, weights: before, checkpoint: checkpoint ? null : stored.checkpoint }), ...files];
}
