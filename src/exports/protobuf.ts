/**
 * Just enough of Protocol Buffers to write messages: each function gives the bytes of one field, and a message is its fields one after
 * the other (https://protobuf.dev/programming-guides/encoding). Negative integers are not needed, and refused.
 */

export type Field = Uint8Array<ArrayBuffer>;

const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

export const int = (field: number, value: number): Field => joinBytes([tag(field, 'varint'), varint(value)]);

export const text = (field: number, value: string): Field => bytes(field, new TextEncoder().encode(value));

export const bytes = (field: number, value: Uint8Array): Field =>
  joinBytes([tag(field, 'lengthDelimited'), varint(value.length), value]);

export const message = (field: number, ...fields: readonly Field[]): Field => bytes(field, joinBytes(fields));

/** Repeated integers, packed. */
export const ints = (field: number, values: readonly number[]): Field => bytes(field, joinBytes(values.map(varint)));

export function float(field: number, value: number): Field {
  const contents = new Uint8Array(4);
  new DataView(contents.buffer).setFloat32(0, value, true);
  return joinBytes([tag(field, 'fixed32'), contents]);
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const tag = (field: number, type: keyof typeof wireType): Uint8Array => varint(field * 8 + wireType[type]);

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a whole number from 0 on.`);
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) digits.push((rest % 0x80) | 0x80);
  digits.push(rest);
  return Uint8Array.from(digits);
}

export function double(field: number, value: number): Field {
  const contents = new Uint8Array(8);
  new DataView(contents.buffer).setFloat64(0, value, true);
  return joinBytes([tag(field, 'fixed64'), contents]);
}
