/**
 * `weights.safetensors`: the parameters under the names and in the layouts of a PyTorch module, with the network spec and the
 * configuration in the metadata, so that the file alone is enough to play or to go on from.
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { readConfiguration } from '../config/parse.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { forEachElement, type NamedTensor, parameterLayout } from '../networks/parameterLayout.ts';
import { decodeSafetensors, encodeSafetensors, type SafetensorsFile, type StoredTensor } from './safetensors.ts';

/** Raised when the meaning of the metadata changes. */
const formatVersion = '1';

export interface Weights {
  /** Flat, in the order of the layout. */
  readonly parameters: Float32Array<ArrayBuffer>;
  /** Of the run they come from; null for a file that another program wrote. */
  readonly hyperparameters: Hyperparameters | null;
}

export function encodeWeights(
  parameters: Float32Array,
  network: NetworkSpec,
  hyperparameters: Hyperparameters,
): Uint8Array<ArrayBuffer> {
  const metadata = {
    format: 'pt',
    pronk: formatVersion,
    network: JSON.stringify(network),
    hyperparameters: JSON.stringify(hyperparameters),
  };
  return encodeSafetensors({ tensors: namedTensors(parameters, network), metadata });
}

/** Flat parameters as the tensors of a PyTorch module: its names, shapes and order of elements. */
export function namedTensors(parameters: Float32Array, network: NetworkSpec): Record<string, StoredTensor> {
  const tensors: Record<string, StoredTensor> = {};
  for (const tensor of parameterLayout(network).tensors) {
    const data = new Float32Array(elementsOf(tensor.shape));
    forEachElement(tensor, (element, at) => {
      data[element] = parameters[at]!;
    });
    tensors[tensor.name] = { shape: tensor.shape, data };
  }
  return tensors;
}

/** The hyperparameters a weights file was trained with, before it is known which network to read it for. */
export function hyperparametersOfWeights(file: Uint8Array): Hyperparameters | null {
  return readHyperparameters(decodeSafetensors(file));
}

/**
 * Reads the parameters of a network from our own file, or from one that PyTorch wrote with the same names and shapes.
 * Throws a `WeightsFileError` that names every tensor that is missing, extra or of another shape.
 */
export function decodeWeights(file: Uint8Array, network: NetworkSpec): Weights {
  const stored = decodeSafetensors(file);
  const { size, tensors } = parameterLayout(network);
  const problems = findMisfits(tensors, stored.tensors);
  if (problems.length > 0) throw misfit(problems);
  const parameters = new Float32Array(size);
  for (const tensor of tensors) {
    const { data } = stored.tensors[tensor.name]!;
    if (!data.every(Number.isFinite)) throw misfit([`${tensor.name} holds numbers that are not finite`]);
    forEachElement(tensor, (element, at) => {
      parameters[at] = data[element]!;
    });
  }
  return { parameters, hyperparameters: readHyperparameters(stored) };
}

function findMisfits(wanted: readonly NamedTensor[], found: SafetensorsFile['tensors']): string[] {
  const names = new Set(wanted.map((tensor) => tensor.name));
  const extra = Object.keys(found).filter((name) => !names.has(name));
  return [
    ...wanted.flatMap(({ name, shape }) => {
      const tensor = found[name];
      if (!tensor) return [`${name} is missing`];
      if (tensor.shape.join() === shape.join()) return [];
      return [`${name} has the shape [${tensor.shape.join(', ')}], not [${shape.join(', ')}]`];
    }),
    ...extra.map((name) => `${name} has no place in it`),
  ];
}

function readHyperparameters({ metadata }: SafetensorsFile): Hyperparameters | null {
  if (metadata.hyperparameters === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(metadata.hyperparameters);
  } catch {
    throw misfit(['its configuration is not JSON']);
  }
  const { hyperparameters, problems } = readConfiguration(json);
  if (problems.length > 0) throw misfit(problems);
  return hyperparameters;
}

const elementsOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

function misfit(problems: readonly string[]): Error {
  const error = new Error(`These weights do not fit the network: ${problems.join('; ')}.`);
  error.name = 'WeightsFileError';
  return error;
}
