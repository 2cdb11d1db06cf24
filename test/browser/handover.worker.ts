import { ParameterStore } from '../../src/rollout/ParameterStore.ts';
import { SlotTable } from '../../src/rollout/SlotTable.ts';
import { exposeWorker } from '../../src/threads/exposeWorker.ts';
import type { HandoverApi, HandoverTask } from './handover.api.ts';

const PRODUCER = 0;
const SEQUENCE = 1;
const VERSION = 2;
const FIRST_PARAMETER = 3;

/** More payloads than one producer makes in a test. */
const maxSequence = 2_000_000;

function open({ memory, payloadSize }: HandoverTask) {
  const slots = new SlotTable(memory.slots);
  const payloads = Array.from(
    { length: slots.numSlots },
    (_, slot) => new Int32Array(memory.payloads, slot * payloadSize * 4, payloadSize),
  );
  return { slots, payloads, store: new ParameterStore(memory.parameters), counts: new Int32Array(memory.counts) };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

exposeWorker<HandoverApi>({
  async produce(task) {
    const { slots, payloads, store } = open(task);
    const claimed = new Int32Array(task.slotsAtOnce);
    const parameters = new Float32Array(store.size);
    for (let sequence = 0; slots.claim(task.owner, task.slotsAtOnce, claimed); ) {
      const version = store.read(parameters);
      for (const slot of claimed) {
        const payload = payloads[slot]!;
        payload[PRODUCER] = task.owner;
        payload[SEQUENCE] = sequence++;
        payload[VERSION] = version;
        // A torn reading of the parameters shows as numbers that are not all the version's.
        for (let i = FIRST_PARAMETER; i < task.payloadSize; i++) payload[i] = parameters[i % parameters.length]!;
      }
      slots.commit(claimed, task.owner);
    }
  },

  async consume(task) {
    const { slots, payloads, counts } = open(task);
    const taken = new Int32Array(task.slotsAtOnce);
    const seen = new Map<number, Uint8Array>();
    const faults: string[] = [];
    let made = 0;
    while (!slots.isClosed) {
      const signal = slots.fullSignal;
      if (!slots.tryTake(task.owner, task.slotsAtOnce, taken)) {
        await slots.whenFull(signal, sleep);
        continue;
      }
      for (const slot of taken) {
        const payload = payloads[slot]!;
        const [producer, sequence, version] = [payload[PRODUCER]!, payload[SEQUENCE]!, payload[VERSION]!];
        for (let i = FIRST_PARAMETER; i < task.payloadSize; i++) {
          if (payload[i] !== version) faults.push(`torn: version ${version}, but ${payload[i]} at ${i}`);
        }
        if (!seen.has(producer)) seen.set(producer, new Uint8Array(maxSequence));
        seen.get(producer)![sequence]! += 1;
        Atomics.add(counts, slot, 1);
        made += 1;
      }
      slots.release(taken, task.owner);
    }
    return { handovers: made, seen, faults: faults.slice(0, 10) };
  },

  async publish(task) {
    const { slots, store } = open(task);
    const parameters = new Float32Array(store.size);
    let version = 0;
    while (!slots.isClosed) {
      version += 1;
      store.publish(parameters.fill(version), version);
      if (version % 1000 === 0) await sleep(0);
    }
    return version;
  },
});
