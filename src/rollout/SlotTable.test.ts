import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotTable } from './SlotTable.ts';

const tableOf = (numSlots: number) => new SlotTable(SlotTable.allocate(numSlots));

/** Slots as a holder lists them. */
const held = (...slots: number[]) => Int32Array.from(slots);

const placesOf = (table: SlotTable) => Array.from({ length: table.numSlots }, (_, slot) => table.stateOf(slot).place);

describe('The slot table', () => {
  it('claims all the slots asked for, or none', () => {
    const table = tableOf(3);
    const out = new Int32Array(2);
    expect(table.tryClaim(1, 2, out)).toBe(true);
    expect(table.tryClaim(2, 2, out)).toBe(false);
    expect(placesOf(table)).toEqual(['filling', 'filling', 'free']);
  });

  it('hands slots over in the order in which they became full', () => {
    const table = tableOf(4);
    const out = new Int32Array(4);
    table.tryClaim(1, 4, out);
    table.commit(held(2, 0, 3), 1);
    table.commit(held(1), 1);
    const taken = new Int32Array(3);
    expect(table.tryTake(9, 3, taken)).toBe(true);
    expect([...taken]).toEqual([2, 0, 3]);
    expect(table.tryTake(9, 3, taken)).toBe(false);
    expect(table.oldestFull()).toBe(1);
  });

  it('keeps the order of tickets when their count wraps around', () => {
    const table = tableOf(3);
    table.tryClaim(1, 3, new Int32Array(3));
    table.commitAs(held(0), 1, 1); // drawn after the wrap
    table.commitAs(held(1), 1, 0x3fffffff);
    table.commitAs(held(2), 1, 0);
    const taken = new Int32Array(3);
    table.tryTake(9, 3, taken);
    expect([...taken]).toEqual([1, 2, 0]);
  });

  it('takes the tickets of a schedule only when all of them are there', () => {
    const table = tableOf(4);
    table.tryClaim(1, 4, new Int32Array(4));
    table.commitAs(held(3), 1, 4);
    table.commitAs(held(0), 1, 6);
    const taken = new Int32Array(2);
    expect(table.tryTakeTickets(9, 4, 2, taken)).toBe(false);
    table.commitAs(held(2), 1, 5);
    expect(table.tryTakeTickets(9, 4, 2, taken)).toBe(true);
    expect([...taken]).toEqual([3, 2]);
  });

  it('refuses to move a slot for somebody who does not hold it', () => {
    const table = tableOf(1);
    table.tryClaim(1, 1, new Int32Array(1));
    expect(() => table.commit(held(0), 2)).toThrow('being filled by owner 1');
    expect(() => table.release(held(0), 1)).toThrow('expected being read');
  });

  it('gives everything back that a dead owner held, a lock included', () => {
    const memory = SlotTable.allocate(3);
    const table = new SlotTable(memory);
    table.tryClaim(1, 2, new Int32Array(2));
    table.tryClaim(2, 1, new Int32Array(1));
    new Int32Array(memory)[3] = 1; // Owner 1 died inside a claim.
    expect(table.sweep(1)).toBe(2);
    expect(placesOf(table)).toEqual(['free', 'free', 'filling']);
    expect(table.tryClaim(3, 2, new Int32Array(2))).toBe(true);
  });

  it('ends all claims when it is closed', () => {
    const table = tableOf(1);
    table.close();
    expect(table.claim(1, 1, new Int32Array(1))).toBe(false);
  });

  it('has every slot in exactly one place, whatever its users do', () => {
    type Command = { kind: 'claim' | 'commit' | 'take' | 'release' | 'sweep'; owner: number; count: number };
    const commands = fc.array(
      fc.record({
        kind: fc.constantFrom('claim', 'commit', 'take', 'release', 'sweep'),
        owner: fc.integer({ min: 1, max: 3 }),
        count: fc.integer({ min: 1, max: 3 }),
      }) as fc.Arbitrary<Command>,
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(commands, (all) => {
        const table = tableOf(5);
        const filling = new Map<number, Set<number>>([1, 2, 3].map((owner) => [owner, new Set()]));
        const reading = new Map<number, Set<number>>([1, 2, 3].map((owner) => [owner, new Set()]));
        const full: number[] = [];
        const free = new Set([0, 1, 2, 3, 4]);
        for (const { kind, owner, count } of all) {
          const out = new Int32Array(count);
          const [mine, read] = [filling.get(owner)!, reading.get(owner)!];
          if (kind === 'claim') {
            expect(table.tryClaim(owner, count, out)).toBe(free.size >= count);
            if (free.size >= count) for (const slot of out) free.delete(slot) && mine.add(slot);
          } else if (kind === 'commit' && mine.size > 0) {
            const slot = [...mine][0]!;
            table.commit(held(slot), owner);
            mine.delete(slot);
            full.push(slot);
          } else if (kind === 'take') {
            const expected = full.length >= count;
            expect(table.tryTake(owner, count, out)).toBe(expected);
            if (expected) expect([...out]).toEqual(full.splice(0, count));
            if (expected) for (const slot of out) read.add(slot);
          } else if (kind === 'release' && read.size > 0) {
            const slot = [...read][0]!;
            table.release(held(slot), owner);
            read.delete(slot);
            free.add(slot);
          } else if (kind === 'sweep') {
            expect(table.sweep(owner)).toBe(mine.size + read.size);
            for (const slot of [...mine, ...read]) free.add(slot);
            mine.clear();
            read.clear();
          }
          expect(table.numFull).toBe(full.length);
          for (const slot of free) expect(table.stateOf(slot).place).toBe('free');
        }
      }),
      { numRuns: 200 },
    );
  });
});
