/**
 * The files of one version of the page in the browser's cache. A file is stored under its address and its hash, so versions share
 * what did not change between them, and one that is being installed does not disturb the one in use.
 */
import type { KeptFile } from './offline.api.ts';

export class KeptFiles {
  readonly #cache: Cache;
  readonly #scope: string;
  readonly #hashes: ReadonlyMap<string, string>;

  /** @param scope the address of the folder that the page is in; ends in a slash */
  constructor(cache: Cache, scope: string, files: readonly KeptFile[]) {
    this.#cache = cache;
    this.#scope = scope;
    this.#hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  }

  /**
   * Gets every file that is not there yet. Rejects if one cannot be had or is not the one that was built: a version is kept whole
   * or not at all.
   */
  async fill(get: (request: Request) => Promise<Response>): Promise<void> {
    await Promise.all(
      [...this.#hashes].map(async ([path, hash]) => {
        const key = this.#keyOf(path, hash);
        if (await this.#cache.match(key)) return;
        // Past the HTTP cache, which may hold the page of another version; the browser compares the hash.
        const request = new Request(this.#scope + path, { cache: 'no-cache', integrity: `sha256-${hash}` });
        const response = await get(request);
        if (!response.ok) throw new Error(`${request.url} was answered with ${response.status}.`);
        await this.#cache.put(key, response);
      }),
    );
  }

  /** Deletes what only other versions need. */
  async discardOthers(): Promise<void> {
    const keys = new Set([...this.#hashes].map(([path, hash]) => this.#keyOf(path, hash)));
    const stored = await this.#cache.keys();
    await Promise.all(stored.filter(({ url }) => !keys.has(url)).map((request) => this.#cache.delete(request)));
  }

  /** The kept answer to a request for this address, if there is one. */
  async find(url: string): Promise<Response | undefined> {
    const path = this.#pathOf(url);
    const hash = path === null ? undefined : this.#hashes.get(path);
    return hash === undefined ? undefined : this.#cache.match(this.#keyOf(path!, hash));
  }

  #keyOf(path: string, hash: string): string {
    return `${this.#scope}${path}?sha256=${encodeURIComponent(hash)}`;
  }

  #pathOf(url: string): string | null {
    const { origin, pathname } = new URL(url);
    const address = origin + pathname;
    if (!address.startsWith(this.#scope)) return null;
    const path = address.slice(this.#scope.length);
    return path === 'index.html' ? '' : path;
  }
}
