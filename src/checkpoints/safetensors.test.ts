import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

/** A file of one tensor of any type. */
function fileOf(dtype: string, shape: readonly number[], data: ArrayBufferView): Uint8Array {
  const header = { w: { dtype, shape, data_offsets: [0, data.byteLength] } };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + data.byteLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + json.length);
  return file;
}

describe('A safetensors file', () => {
  it('is read back as it was written', () => {
    const file = { tensors: { w: { shape: [1, 2], data: Float32Array.of(1.5, -2) } }, metadata: { pronk: '1' } };
    expect(decodeSafetensors(encodeSafetensors(file))).toEqual(file);
  });

  it.each([
    ['F16', Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x0000), [1, -2, 0.333251953125, 2 ** -24, 0]],
    ['BF16', Uint16Array.of(0x3f80, 0xc000), [1, -2]],
    ['F64', Float64Array.of(0.1, -2), [Math.fround(0.1), -2]],
  ])('may hold %s, which becomes float32', (dtype, data, expected) => {
    const { tensors } = decodeSafetensors(fileOf(dtype, [expected.length], data));
    expect([...tensors.w!.data]).toEqual(expected);
  });

  it('keeps infinities and what is no number for those who check them', () => {
    const { data } = decodeSafetensors(fileOf('F16', [2], Uint16Array.of(0xfc00, 0x7e00))).tensors.w!;
    expect([...data]).toEqual([Number.NEGATIVE_INFINITY, Number.NaN]);
  });

  it('is refused with a sentence where its numbers are of another type, or too few', () => {
    expect(() => decodeSafetensors(fileOf('I64', [1], Float64Array.of(1)))).toThrow(
      'This is not a readable safetensors file: "w" has the type I64; F16, BF16, F32, F64 can be read.',
    );
    expect(() => decodeSafetensors(fileOf('toString', [1], Float64Array.of(1)))).toThrow('has the type toString');
    expect(() => decodeSafetensors(fileOf('F16', [3], Uint16Array.of(1)))).toThrow(
      '2 bytes, which do not fit its shape',
    );
  });
});
