/**
 * `checkpoint.safetensors`: all that a learner needs to go on. Flat tensors: the parameters, the two moments of the optimiser, and the
 * state of random network distillation where there is one; counts, network and checksum are in the metadata.
 */
import type { EngineState, LearnerState } from '../learner/learner.api.ts';
import { crc32 } from '../math/crc32.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/** Raised when the meaning of the file changes. */
const formatVersion = '1';

const partNames = ['parameters', 'moments', 'distillation'] as const satisfies readonly (keyof EngineState)[];

export function encodeCheckpoint(state: LearnerState, network: NetworkSpec): Uint8Array<ArrayBuffer> {
  const parts = partNames.filter((name) => state[name].length > 0);
  const tensors = Object.fromEntries(parts.map((name) => [name, { shape: [state[name].length], data: state[name] }]));
  const { updates, frames, seconds } = state;
  const metadata = {
    pronkCheckpoint: formatVersion,
    network: JSON.stringify(network),
    counts: JSON.stringify({ updates, frames, seconds }),
    crc32: checksumOf(state),
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
  const [parameters, moments, distillation] = partNames.map(
    (name) => new Float32Array(tensors[name]?.data ?? new Float32Array(0)),
  ) as [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
  const state = { parameters, moments, distillation };
  const { size, trainableSize } = parameterLayout(network);
  if (parameters.length !== size || moments.length !== 2 * trainableSize) {
    throw refused(
      `it holds ${parameters.length} parameters and ${moments.length} moments, not as many as its network has`,
    );
  }
  if (metadata.crc32 !== checksumOf(state)) throw refused('its checksum does not fit its contents');
  return { ...state, ...readCounts(metadata.counts) };
}

/** Of all tensors, one after another. */
const checksumOf = (state: EngineState): string => partNames.map((name) => crc32(bytesOf(state[name]))).join(' ');

function readCounts(json: string | undefined): Omit<LearnerState, keyof EngineState> {
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
