/** The stored runs as React reads them. */
import { runStore } from '../../runs/BrowserRunStore.ts';
import type { StoredRun } from '../../runs/RunStore.ts';
import { messageOf } from '../notices.ts';
import { Store } from '../store.ts';

/** Newest first; null until they are read. */
export const runsStore = new Store<readonly StoredRun[] | null>(null);

/** Why runs cannot be stored here, or null. */
export const storageProblemStore = new Store<string | null>(null);

/** The run that the present agent trains, or null where it is not kept. */
export const keptRunStore = new Store<string | null>(null);

const refreshIntervalMs = 300;
let isAsked = false;

async function refresh(): Promise<void> {
  isAsked = false;
  try {
    runsStore.set(await runStore.list());
    storageProblemStore.set(null);
  } catch (error) {
    runsStore.set([]);
    storageProblemStore.set(messageOf(error));
  }
}

function refreshSoon(): void {
  if (isAsked) return;
  isAsked = true;
  setTimeout(() => void refresh(), refreshIntervalMs);
}

runStore.subscribe(refreshSoon);
void refresh();
