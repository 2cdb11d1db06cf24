/**
 * NumPy's .npz: a zip archive of .npy files, one for each tensor, not compressed (weights hardly shrink). Read it with `numpy.load`;
 * names and shapes are those of the PyTorch module.
 */
import { zipSync } from 'fflate';
import type { StoredTensor } from '../checkpoints/safetensors.ts';

/** The header of a .npy file, this many bytes or a multiple of it, so that the numbers begin aligned. */
const alignment = 64;

export function encodeNpz(tensors: Readonly<Record<string, StoredTensor>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(tensors).map(([name, tensor]) => [`${name}.npy`, encodeNpy(tensor)] as const);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: firstDosDate });
}

/** Always the same, so that the same weights give the same bytes. */
const firstDosDate = new Date(1980, 0, 1);

/** Version 1.0 of the format: magic, version, length of the header, a Python literal as the header, numbers. */
export function encodeNpy({ shape, data }: StoredTensor): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + header.length + 1) / alignment) * alignment;
  const file = new Uint8Array(length + data.byteLength).fill(0x20, 0, length);
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  new DataView(file.buffer).setUint16(8, length - 10, true);
  file.set(new TextEncoder().encode(header), 10);
  file[length - 1] = 0x0a;
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return file;
}
