import { decodeWeights, hyperparametersOfWeights } from '../checkpoints/weightsFile.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';

/** A policy on its way out, in the forms that the formats are made from. */
export interface ExportedPolicy {
  /** The safetensors file itself. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly hyperparameters: Hyperparameters;
  readonly network: NetworkSpec;
  /** Flat, in the order of the layout. */
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** Reads one of our own weights files. Throws a `WeightsFileError` with a sentence to show. */
export function readExportedPolicy(file: Uint8Array<ArrayBuffer>): ExportedPolicy {
  const hyperparameters = hyperparametersOfWeights(file);
  if (!hyperparameters) {
    const error = new Error(
      'These weights do not say which network they are for. Load them into a run first, and export that.',
    );
    error.name = 'WeightsFileError';
    throw error;
  }
  const network = networkOf(hyperparameters);
  return { file, hyperparameters, network, parameters: decodeWeights(file, network).parameters };
}
