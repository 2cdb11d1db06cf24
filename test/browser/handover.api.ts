/** Producers and consumers of the stress test: they only hand slots over, and check everything about them. */
export interface HandoverMemory {
  readonly slots: SharedArrayBuffer;
  readonly payloads: SharedArrayBuffer;
  readonly parameters: SharedArrayBuffer;
  /** [numSlots]: hand-overs of each slot, counted by consumers. */
  readonly counts: SharedArrayBuffer;
}

export interface HandoverTask {
  readonly memory: HandoverMemory;
  readonly owner: number;
  readonly slotsAtOnce: number;
  /** Numbers in one payload. */
  readonly payloadSize: number;
}

export interface ConsumerReport {
  readonly handovers: number;
  /** How often each payload was taken: by producer, then by its sequence number. */
  readonly seen: ReadonlyMap<number, Uint8Array>;
  readonly faults: readonly string[];
}

export interface HandoverApi {
  /** Fills slots until the table is closed. */
  produce(task: HandoverTask): Promise<void>;
  /** Empties slots until the table is closed. */
  consume(task: HandoverTask): Promise<ConsumerReport>;
  /** Publishes parameters, all of one value, until the table is closed. Resolves with the number of versions. */
  publish(task: HandoverTask): Promise<number>;
}
