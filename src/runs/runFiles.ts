/** Files of runs: in the origin private file system, or in the database where a page cannot write there (Safari before 26). */
import type { IDBPDatabase } from 'idb';
import type { RunDatabase } from './database.ts';

export interface RunFiles {
  /** Replaces the file as a whole: a crash leaves the old one. */
  write(runId: string, name: string, contents: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Null where there is no such file. */
  read(runId: string, name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  delete(runId: string, name: string): Promise<void>;
  deleteAll(runId: string): Promise<void>;
}

/** @param root a folder of that name holds the files */
export async function openRunFiles(
  root: string,
  database: () => Promise<IDBPDatabase<RunDatabase>>,
): Promise<RunFiles> {
  const canWrite = typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
  if (!canWrite) return new DatabaseFiles(database);
  try {
    const top = await navigator.storage.getDirectory();
    return new PrivateFiles(await top.getDirectoryHandle(root, { create: true }));
  } catch {
    return new DatabaseFiles(database); // Firefox refuses the file system in private windows, but not the database.
  }
}

class PrivateFiles implements RunFiles {
  readonly #root: FileSystemDirectoryHandle;

  constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  async write(runId: string, name: string, contents: Uint8Array<ArrayBuffer>): Promise<void> {
    const folder = await this.#root.getDirectoryHandle(runId, { create: true });
    const file = await folder.getFileHandle(name, { create: true });
    const stream = await file.createWritable(); // Writes to a copy, which takes the file's place when it is closed.
    await stream.write(contents);
    await stream.close();
  }

  async read(runId: string, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const folder = await this.#root.getDirectoryHandle(runId);
      const file = await (await folder.getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      return orNull(error);
    }
  }

  async delete(runId: string, name: string): Promise<void> {
    try {
      await (await this.#root.getDirectoryHandle(runId)).removeEntry(name);
    } catch (error) {
      orNull(error);
    }
  }

  async deleteAll(runId: string): Promise<void> {
    try {
      await this.#root.removeEntry(runId, { recursive: true });
    } catch (error) {
      orNull(error);
    }
  }
}

/** A file that is not there is an answer; anything else is an error. */
function orNull(error: unknown): null {
  if ((error as Error).name === 'NotFoundError') return null;
  throw error;
}

class DatabaseFiles implements RunFiles {
  readonly #database: () => Promise<IDBPDatabase<RunDatabase>>;

  constructor(database: () => Promise<IDBPDatabase<RunDatabase>>) {
    this.#database = database;
  }

  async write(runId: string, name: string, contents: Uint8Array<ArrayBuffer>): Promise<void> {
    await (await this.#database()).put('files', new Blob([contents]), `${runId}/${name}`);
  }

  async read(runId: string, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const blob = await (await this.#database()).get('files', `${runId}/${name}`);
    return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
  }

  async delete(runId: string, name: string): Promise<void> {
    await (await this.#database()).delete('files', `${runId}/${name}`);
  }

  async deleteAll(runId: string): Promise<void> {
    await (await this.#database()).delete('files', IDBKeyRange.bound(`${runId}/`, `${runId}/\uffff`));
  }
}
