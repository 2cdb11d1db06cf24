/** What was measured on this machine, kept in the browser under what it depends on, so that it need not be measured again. */

/** Older ones are forgotten. */
const maxEntries = 50;

type Entry<T> = readonly [key: string, measured: T];

export class KeptMeasurements<T> {
  readonly #storageKey: string;
  readonly #isMeasured: (value: unknown) => value is T;
  /** As they were last read: a list asks for many in a row. */
  #read: { readonly text: string | null; readonly entries: readonly Entry<T>[] } = { text: null, entries: [] };

  /** @param isMeasured tells what was kept from what anybody else may have left in the storage */
  constructor(storageKey: string, isMeasured: (value: unknown) => value is T) {
    this.#storageKey = storageKey;
    this.#isMeasured = isMeasured;
  }

  read(storage: Pick<Storage, 'getItem'>, key: string): T | null {
    return this.#readAll(storage).find(([other]) => other === key)?.[1] ?? null;
  }

  keep(storage: Pick<Storage, 'getItem' | 'setItem'>, key: string, measured: T): void {
    const others = this.#readAll(storage).filter(([other]) => other !== key);
    try {
      storage.setItem(this.#storageKey, JSON.stringify([...others, [key, measured]].slice(-maxEntries)));
    } catch {
      // A full or forbidden storage costs a measurement the next time, nothing more.
    }
  }

  #readAll(storage: Pick<Storage, 'getItem'>): readonly Entry<T>[] {
    const text = storage.getItem(this.#storageKey);
    if (text !== this.#read.text) this.#read = { text, entries: this.#parse(text ?? '[]') };
    return this.#read.entries;
  }

  #parse(text: string): Entry<T>[] {
    try {
      const entries: unknown = JSON.parse(text);
      return Array.isArray(entries) ? entries.filter(this.#isEntry) : [];
    } catch {
      return []; // Somebody else's text.
    }
  }

  readonly #isEntry = (entry: unknown): entry is Entry<T> =>
    Array.isArray(entry) && typeof entry[0] === 'string' && this.#isMeasured(entry[1]);
}
