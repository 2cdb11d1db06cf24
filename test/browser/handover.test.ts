import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/math/randomStream.ts';
import { ParameterStore } from '../../src/rollout/ParameterStore.ts';
import { SlotTable } from '../../src/rollout/SlotTable.ts';
import { type SpawnedWorker, spawnWorker } from '../../src/threads/spawnWorker.ts';
import type { HandoverApi, HandoverMemory } from './handover.api.ts';
import HandoverWorker from './handover.worker.ts?worker';

const numSlots = 64;
const numProducers = 8;
const numConsumers = 2;
const slotsAtOnce = 4;
const payloadSize = 35;
const numHandovers = 1_000_000;
const numKills = 6;

const allocate = (): HandoverMemory => ({
  slots: SlotTable.allocate(numSlots),
  payloads: new SharedArrayBuffer(numSlots * payloadSize * 4),
  parameters: ParameterStore.allocate(32),
  counts: new SharedArrayBuffer(numSlots * 4),
});

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('A million hand-overs between real workers', () => {
  it('lose nothing, double nothing, tear nothing and leak no slot while workers are killed', async () => {
    const memory = allocate();
    const slots = new SlotTable(memory.slots);
    const seed = Date.now() % 1e6;
    const random = new RandomStream(seed, 'measurement');
    let owners = 0;
    const task = (owner: number) => ({ memory, owner, slotsAtOnce, payloadSize });
    const producers = new Map<number, SpawnedWorker<HandoverApi>>();
    const startProducer = async () => {
      const owner = ++owners;
      const worker = await spawnWorker<HandoverApi>(HandoverWorker, 'producer');
      producers.set(owner, worker);
      void worker.orDeath(worker.api.produce(task(owner))).catch(() => {});
    };

    const publisher = await spawnWorker<HandoverApi>(HandoverWorker, 'publisher');
    const publishing = publisher.api.publish(task(++owners));
    const consumers = await Promise.all(
      Array.from({ length: numConsumers }, () => spawnWorker<HandoverApi>(HandoverWorker, 'consumer')),
    );
    const reports = Promise.all(consumers.map((worker) => worker.api.consume(task(++owners))));
    for (let i = 0; i < numProducers; i++) await startProducer();

    const deaths: Promise<void>[] = [];
    for (let kill = 0; kill < numKills; kill++) {
      await delay(random.below(300));
      const owner = [...producers.keys()][random.below(producers.size)]!;
      const worker = producers.get(owner)!;
      producers.delete(owner);
      worker.terminate();
      deaths.push(worker.whenDead.then(() => void slots.sweep(owner)));
      await startProducer();
    }
    await Promise.all(deaths);
    const countAll = () => new Int32Array(memory.counts).reduce((sum, count) => sum + count, 0);
    const before = countAll();
    while (countAll() < Math.max(numHandovers, before + 100_000)) await delay(20); // It goes on after the last death.
    slots.close();

    const results = await reports;
    const versions = await publishing;
    expect(results.flatMap(({ faults }) => faults)).toEqual([]);
    const handovers = results.reduce((sum, report) => sum + report.handovers, 0);
    expect(handovers).toBe(countAll());
    expect(handovers).toBeGreaterThanOrEqual(numHandovers);
    expect(versions).toBeGreaterThan(100);

    for (const worker of producers.values()) worker.terminate();
    for (const [owner, worker] of producers) {
      await worker.whenDead;
      slots.sweep(owner);
    }
    // What still waits was handed over as well; with it, no producer's sequence has a gap or a double.
    const seen = mergeCounts(results.map((report) => report.seen));
    const payloads = new Int32Array(memory.payloads);
    for (let slot = 0; slot < numSlots; slot++) {
      const { place } = slots.stateOf(slot);
      expect(['free', 'full']).toContain(place);
      const [producer, sequence] = [payloads[slot * payloadSize]!, payloads[slot * payloadSize + 1]!];
      if (place === 'full') seen.get(producer)![sequence]! += 1;
    }
    expect(seen.size).toBe(numProducers + numKills);
    for (const [producer, counts] of seen) {
      const length = counts.lastIndexOf(1) + 1;
      expect(
        counts.subarray(0, length).every((count) => count === 1),
        `producer ${producer}`,
      ).toBe(true);
      expect(
        counts.subarray(length).some((count) => count > 0),
        `producer ${producer}`,
      ).toBe(false);
    }
    for (const worker of [...consumers, publisher]) worker.terminate();
  }, 120_000);

  it('tell for certain when a worker in an endless loop is dead', async () => {
    const memory = allocate();
    const worker = await spawnWorker<HandoverApi>(HandoverWorker, 'producer');
    const producing = worker
      .orDeath(worker.api.produce({ memory, owner: 1, slotsAtOnce, payloadSize }))
      .catch((error: Error) => error.message);
    const slots = new SlotTable(memory.slots);
    while (slots.numFull < numSlots) await delay(5);
    worker.terminate();
    await worker.whenDead;
    expect(await producing).toBe('The producer worker stopped: it was ended.');
    const taken = new Int32Array(4);
    slots.tryTake(9, 4, taken);
    slots.release(taken, 9);
    await delay(300);
    expect(slots.numFull).toBe(numSlots - 4); // Nobody fills them any more.
  });
});

function mergeCounts(all: readonly ReadonlyMap<number, Uint8Array>[]): Map<number, Uint8Array> {
  const merged = new Map<number, Uint8Array>();
  for (const [producer, counts] of all.flatMap((seen) => [...seen])) {
    const sums = merged.get(producer);
    if (!sums) merged.set(producer, counts);
    else for (let i = 0; i < counts.length; i++) sums[i]! += counts[i]!;
  }
  return merged;
}
