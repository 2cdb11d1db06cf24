import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { encodeNpy, encodeNpz } from './npz.ts';

const ascii = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

describe('A .npy file', () => {
  const file = encodeNpy({ shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, -0.5) });

  it('begins as NumPy wants it, and its numbers begin at a multiple of 64', () => {
    expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const headerLength = file[8]! + 256 * file[9]!;
    expect((10 + headerLength) % 64).toBe(0);
    expect(ascii(file.subarray(10, 10 + headerLength)).trimEnd()).toBe(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
    );
    expect(file[10 + headerLength - 1]).toBe(0x0a);
  });

  it('holds the numbers row by row, the lowest byte first', () => {
    const { buffer, byteOffset, byteLength } = file;
    const numbers = new DataView(buffer, byteOffset + byteLength - 24);
    expect(Array.from({ length: 6 }, (_, i) => numbers.getFloat32(4 * i, true))).toEqual([0, 1, 2, 3, 4, -0.5]);
  });

  it('writes a tuple of one number with its comma', () => {
    expect(ascii(encodeNpy({ shape: [5], data: new Float32Array(5) }))).toContain("'shape': (5,), }");
  });
});

describe('A .npz file', () => {
  const tensors = {
    'encoder.0.weight': { shape: [1, 2], data: Float32Array.of(1, 2) },
    'encoder.0.bias': { shape: [1], data: Float32Array.of(3) },
  };

  it('holds one array for each tensor, stored as it is', () => {
    const file = encodeNpz(tensors);
    expect(Object.keys(unzipSync(file))).toEqual(['encoder.0.weight.npy', 'encoder.0.bias.npy']);
    expect(unzipSync(file)['encoder.0.bias.npy']).toEqual(encodeNpy(tensors['encoder.0.bias']));
    const view = new DataView(file.buffer);
    expect(view.getUint32(0, true)).toBe(0x04034b50); // local file header
    expect(view.getUint16(8, true)).toBe(0); // method: stored
  });

  it('is the same bytes for the same weights', () => {
    expect(encodeNpz(tensors)).toEqual(encodeNpz(tensors));
  });
});
