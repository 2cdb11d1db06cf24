/** Where everything lies in the memory of a WebAssembly module. It is planned as a whole first, since memory that grew would leave its views behind. */

/** In bytes, a multiple of 16. */
export type Address = number;

/** Kernels work on four elements at a time, and may touch three beyond the end. */
const vectorBytes = 16;

export class MemoryPlan {
  #sizeBytes = vectorBytes; // So that no address is 0.
  readonly #tables: { readonly at: Address; readonly values: readonly number[] }[] = [];

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  bytes(count: number): Address {
    const at = this.#sizeBytes;
    this.#sizeBytes = at + Math.ceil(count / vectorBytes + 1) * vectorBytes;
    return at;
  }

  floats(count: number): Address {
    return this.bytes(4 * count);
  }

  /** Whole numbers that never change, as uint32. */
  table(values: readonly number[]): Address {
    const at = this.bytes(4 * values.length);
    this.#tables.push({ at, values });
    return at;
  }

  /** Writes the tables, once there is memory. */
  writeTables(memory: ArrayBuffer): void {
    for (const { at, values } of this.#tables) new Uint32Array(memory, at, values.length).set(values);
  }
}
