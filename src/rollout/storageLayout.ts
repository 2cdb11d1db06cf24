/** One spec gives byte layout, typed views and total size of a block of shared memory. */

export interface FieldSpec {
  readonly dtype: 'float32' | 'int32' | 'uint8';
  readonly shape: readonly number[];
}

export type StorageSpec = Readonly<Record<string, FieldSpec>>;

interface ArrayOf {
  float32: Float32Array<SharedArrayBuffer>;
  int32: Int32Array<SharedArrayBuffer>;
  uint8: Uint8Array<SharedArrayBuffer>;
}

export type StorageViews<S extends StorageSpec> = { readonly [Field in keyof S]: ArrayOf[S[Field]['dtype']] };

interface ViewConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (memory: SharedArrayBuffer, byteOffset: number, length: number): ArrayBufferView;
}

const constructors: Readonly<Record<FieldSpec['dtype'], ViewConstructor>> = {
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
};

/** Every field and every slot begins on a cache line, so that two workers never write to the same one. */
const alignment = 64;

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

const elementsOf = (field: FieldSpec): number => field.shape.reduce((product, extent) => product * extent, 1);

/** Bytes of one slot. */
export const slotSizeBytes = (spec: StorageSpec): number =>
  Object.values(spec).reduce(
    (sum, field) => sum + aligned(elementsOf(field) * constructors[field.dtype].BYTES_PER_ELEMENT),
    0,
  );

/** Memory for `numSlots` slots, all zero. */
export function allocateSlots(spec: StorageSpec, numSlots: number): SharedArrayBuffer {
  return new SharedArrayBuffer(slotSizeBytes(spec) * numSlots);
}

/** Views of every field of one slot. Made once: making them allocates, using them does not. */
export function viewSlot<S extends StorageSpec>(spec: S, memory: SharedArrayBuffer, slot: number): StorageViews<S> {
  let offset = slot * slotSizeBytes(spec);
  const views: Record<string, ArrayBufferView> = {};
  for (const [name, field] of Object.entries(spec)) {
    const length = elementsOf(field);
    views[name] = new constructors[field.dtype](memory, offset, length);
    offset += aligned(length * constructors[field.dtype].BYTES_PER_ELEMENT);
  }
  return views as StorageViews<S>;
}

/** Views of all slots in the memory. */
export function viewSlots<S extends StorageSpec>(spec: S, memory: SharedArrayBuffer): StorageViews<S>[] {
  const numSlots = memory.byteLength / slotSizeBytes(spec);
  return Array.from({ length: numSlots }, (_, slot) => viewSlot(spec, memory, slot));
}
