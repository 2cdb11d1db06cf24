/** The database of runs: what lies in it, and how it is opened. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RunProgress, StoredRun } from './RunStore.ts';

/** Rows that were recorded together. Columns are named, since later versions may record others. */
export interface CurveChunk {
  readonly runId: string;
  /** Rows of the run before these: chunks are in its order. */
  readonly index: number;
  readonly episodeColumns: readonly string[];
  readonly metricColumns: readonly string[];
  /** [rows, columns], flat */
  readonly episodes: Float64Array;
  readonly metrics: Float64Array;
}

/** How far a run has come. It lies beside the run, so that it can be replaced without reading anything. */
export interface ProgressEntry extends RunProgress, Pick<StoredRun, 'numEpisodes' | 'spark' | 'updatedAt'> {
  readonly runId: string;
  readonly curveBytes: number;
}

export interface RunDatabase extends DBSchema {
  /** As they were put, but for labels and files. Facts that `progress` has too are newer there. */
  runs: { key: string; value: StoredRun };
  progress: { key: string; value: ProgressEntry };
  chunks: { key: [string, number]; value: CurveChunk };
  /** Files, in browsers that cannot write to the origin private file system from a page. By `runId/name`. */
  files: { key: string; value: Blob };
}

/** Raised with every change of the schema; `upgrade` then has to bring older databases along. */
const version = 2;

export async function openRunDatabase(name: string, onTaken: () => void): Promise<IDBPDatabase<RunDatabase>> {
  try {
    return await openDB<RunDatabase>(name, version, {
      upgrade(database, oldVersion) {
        if (oldVersion < 1) {
          database.createObjectStore('runs', { keyPath: 'id' });
          database.createObjectStore('chunks', { keyPath: ['runId', 'index'] });
          database.createObjectStore('files');
        }
        if (oldVersion < 2) database.createObjectStore('progress', { keyPath: 'runId' });
      },
      // Another tab has a newer version of this page, or somebody clears the site's data: we must let go.
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
        onTaken();
      },
      terminated: onTaken,
    });
  } catch (error) {
    throw new Error(
      `Runs cannot be stored in this browser: ${(error as Error).message} Private windows often forbid it; training works all the same.`,
    );
  }
}
