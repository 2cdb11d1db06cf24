/** A weights file chosen on this computer. It stays in memory only: a page may not keep a path to a file. */
import { hyperparametersOfWeights } from '../../checkpoints/weightsFile.ts';
import type { HyperparameterName, Hyperparameters } from '../../config/hyperparameters.ts';
import { alertStore, messageOf } from '../notices.ts';
import { Store } from '../store.ts';

export interface WeightsFile {
  readonly name: string;
  readonly contents: Uint8Array<ArrayBuffer>;
  /** Of the run it comes from; null for a file that another program wrote. */
  readonly hyperparameters: Hyperparameters | null;
}

export const weightsFileStore = new Store<WeightsFile | null>(null);

/** Reads a file; one that is broken becomes an alert instead. */
export async function chooseWeightsFile(file: File): Promise<void> {
  try {
    const contents = new Uint8Array(await file.arrayBuffer());
    weightsFileStore.set({ name: file.name, contents, hyperparameters: hyperparametersOfWeights(contents) });
    alertStore.set(null);
  } catch (error) {
    alertStore.set(`${file.name}: ${messageOf(error)}`);
  }
}

/** The settings that decide whether weights fit. */
const shapeNames = [
  'env',
  'hiddenDim',
  'featureDim',
  'activation',
  'useLstm',
  'lastActionReward',
] as const satisfies readonly HyperparameterName[];

/** The settings that decide whether weights fit, as the file has them; the others as they are. */
export const withShapeOf = (file: Hyperparameters, h: Hyperparameters): Hyperparameters => ({
  ...h,
  ...Object.fromEntries(shapeNames.map((name) => [name, file[name]])),
  evalEnv: '',
});

export const hasShapeOf = (file: Hyperparameters, h: Hyperparameters): boolean =>
  shapeNames.every((name) => file[name] === h[name]);
