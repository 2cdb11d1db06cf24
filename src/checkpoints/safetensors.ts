/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, then the tensors' bytes. Whatever is read is
 * checked first: a file may come from anywhere.
 */

export interface StoredTensor {
  readonly shape: readonly number[];
  /** Row-major */
  readonly data: Float32Array;
}

export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Larger headers are refused before anything is parsed. */
const maxHeaderBytes = 1 << 20;
const maxTensors = 10_000;

export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const paddedLength = Math.ceil(json.length / 8) * 8; // Tensors begin at a multiple of eight.
  const file = new Uint8Array(8 + paddedLength + offset).fill(0x20, 8, 8 + paddedLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(paddedLength), true);
  file.set(json, 8);
  let at = 8 + paddedLength;
  for (const { data } of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

type FloatType = 'F16' | 'BF16' | 'F32' | 'F64';

/** What tensors may be made of. Only F32 is written; the others come from other programs, and become float32. */
const floatTypes: Readonly<
  Record<FloatType, { bytes: number; read: (buffer: ArrayBuffer) => Float32Array<ArrayBuffer> }>
> = {
  F16: { bytes: 2, read: (buffer) => Float32Array.from(new Uint16Array(buffer), numberOfHalf) },
  // The upper half of a float32.
  BF16: {
    bytes: 2,
    read: (buffer) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer),
  },
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  F64: { bytes: 8, read: (buffer) => Float32Array.from(new Float64Array(buffer)) },
};

/** An IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction. */
function numberOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Throws a `WeightsFileError` with a sentence to show if the file is not what it should be. */
export function decodeSafetensors(file: Uint8Array): SafetensorsFile {
  const { header, dataAt } = readHeader(file);
  const dataBytes = file.byteLength - dataAt;
  const tensors: Record<string, StoredTensor> = Object.create(null);
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  if (names.length > maxTensors) throw invalid(`it claims ${names.length} tensors`);
  for (const name of names) {
    const { dtype, shape, start, end } = readEntry(name, header[name], dataBytes);
    // A copy, so that it begins at a multiple of eight. (`slice` of a Node Buffer would be a view of the same memory.)
    const bytes = new Uint8Array(file.subarray(dataAt + start, dataAt + end));
    tensors[name] = { shape, data: floatTypes[dtype].read(bytes.buffer) };
  }
  return { tensors, metadata: readMetadata(header.__metadata__) };
}

function readHeader(file: Uint8Array): { header: Record<string, unknown>; dataAt: number } {
  if (file.byteLength < 8) throw invalid('it is too short');
  const length = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
  if (length > maxHeaderBytes) throw invalid(`its header claims ${length} bytes`);
  if (8 + length > file.byteLength) throw invalid('it ends within its header');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, 8 + length)));
  } catch {
    throw invalid('its header is not JSON');
  }
  if (!isRecord(header)) throw invalid('its header is not a JSON object');
  return { header, dataAt: 8 + length };
}

interface Entry {
  readonly dtype: FloatType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

function readEntry(name: string, entry: unknown, dataBytes: number): Entry {
  if (!isRecord(entry)) throw invalid(`the entry of "${name}" is not an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isFloatType(dtype)) {
    throw invalid(`"${name}" has the type ${String(dtype)}; ${Object.keys(floatTypes).join(', ')} can be read`);
  }
  if (!isCounts(shape)) throw invalid(`the shape of "${name}" is not a list of whole numbers`);
  if (!isCounts(offsets) || offsets.length !== 2)
    throw invalid(`the place of "${name}" is not given by two whole numbers`);
  const [start, end] = offsets as [number, number];
  if (start > end || end > dataBytes) throw invalid(`"${name}" lies outside the file`);
  const elements = shape.reduce((product, extent) => product * extent, 1);
  if (elements * floatTypes[dtype].bytes !== end - start)
    throw invalid(`"${name}" has ${end - start} bytes, which do not fit its shape [${shape}]`);
  return { dtype, shape, start, end };
}

const isFloatType = (dtype: unknown): dtype is FloatType =>
  typeof dtype === 'string' && Object.hasOwn(floatTypes, dtype);

function readMetadata(metadata: unknown): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw invalid('its metadata is not a table of texts');
  }
  return { ...metadata } as Record<string, string>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

function invalid(reason: string): Error {
  const error = new Error(`This is not a readable safetensors file: ${reason}.`);
  error.name = 'WeightsFileError';
  return error;
}
