/**
 * `checkpoint.safetensors`: all that a learner needs to go on. Three tensors as long as the flat parameters: the parameters, and the
 * first and second moments of the optimiser; counts, network and checksum are in the metadata.
 */
import type { LearnerState } from '../learner/learner.api.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { crc32 } from './crc32.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/** Raised when the meaning of the file changes. */
const formatVersion = '1';
const parts = ['parameters', 'optimizer.firstMoment', 'optimizer.secondMoment'] as const;

export function encodeCheckpoint(state: LearnerState, network: NetworkSpec): Uint8Array<ArrayBuffer> {
  const size = state.optimizer.length / parts.length;
  const tensors = Object.fromEntries(
    parts.map((name, i) => [name, { shape: [size], data: state.optimizer.subarray(i * size, (i + 1) * size) }]),
  );
  const { updates, frames, seconds } = state;
  const metadata = {
    pronkCheckpoint: formatVersion,
    network: JSON.stringify(network),
    counts: JSON.stringify({ updates, frames, seconds }),
    crc32: String(crc32(bytesOf(state.optimizer))),
  };
  return encodeSafetensors({ tensors, metadata });
}

/** Throws a `CheckpointError`, with a sentence to show, if the file is damaged or of another network. */
export function decodeCheckpoint(file: Uint8Array, network: NetworkSpec): LearnerState {
  const { tensors, metadata } = decodeSafetensors(file);
  if (metadata.pronkCheckpoint === undefined) throw refused('it is no checkpoint; perhaps it holds weights alone');
  if (metadata.pronkCheckpoint !== formatVersion) {
    throw refused(`it has format ${metadata.pronkCheckpoint}, and only format ${formatVersion} can be read here`);
  }
  if (metadata.network !== JSON.stringify(network))
    throw refused('it is of another network than its settings describe');
  const found = parts.map((name) => tensors[name]?.data);
  const size = found[0]?.length ?? 0;
  if (!found.every((data) => data !== undefined && data.length === size && size > 0)) {
    throw refused('its tensors are missing or differ in length');
  }
  const optimizer = new Float32Array(parts.length * size);
  for (const [i, data] of found.entries()) optimizer.set(data!, i * size);
  if (metadata.crc32 !== String(crc32(bytesOf(optimizer)))) throw refused('its checksum does not fit its contents');
  return { optimizer, ...readCounts(metadata.counts) };
}

/** Flat, in the order of the layout. */
export const checkpointParameters = ({ optimizer }: LearnerState): Float32Array<ArrayBuffer> =>
  optimizer.slice(0, optimizer.length / parts.length);

function readCounts(json: string | undefined): Omit<LearnerState, 'optimizer'> {
  try {
    const { updates, frames, seconds } = JSON.parse(json ?? '') as Record<string, unknown>;
    if (isCount(updates) && isCount(frames) && typeof seconds === 'number' && seconds >= 0) {
      return { updates, frames, seconds };
    }
  } catch {
    // Said below, as of counts that are no numbers.
  }
  throw refused('its counts cannot be read');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function refused(reason: string): Error {
  const error = new Error(`This checkpoint cannot be resumed from: ${reason}.`);
  error.name = 'CheckpointError';
  return error;
}
