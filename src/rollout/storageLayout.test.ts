import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateSlots, type FieldSpec, slotSizeBytes, viewSlots } from './storageLayout.ts';

const fields = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.record({
    dtype: fc.constantFrom('float32', 'int32', 'uint8'),
    shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  }) as fc.Arbitrary<FieldSpec>,
  { minKeys: 1, maxKeys: 5 },
);

describe('The layout of slots', () => {
  it('gives every field of every slot memory of its own', () => {
    fc.assert(
      fc.property(fields, fc.integer({ min: 1, max: 4 }), (spec, numSlots) => {
        const slots = viewSlots(spec, allocateSlots(spec, numSlots));
        expect(slots).toHaveLength(numSlots);
        const views = slots.flatMap((slot) => Object.values(slot));
        for (const [i, view] of views.entries()) view.fill(i + 1);
        for (const [i, view] of views.entries()) expect(view.every((value) => value === i + 1)).toBe(true);
      }),
    );
  });

  it('puts no two fields on one cache line', () => {
    const spec = { a: { dtype: 'uint8', shape: [3] }, b: { dtype: 'float32', shape: [17] } } as const;
    expect(slotSizeBytes(spec)).toBe(64 + 128);
    const [slot] = viewSlots(spec, allocateSlots(spec, 2));
    expect(slot!.b.byteOffset).toBe(64);
  });
});
