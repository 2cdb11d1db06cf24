/** An archive that was chosen, verified, and waits to be stored. */
import type { OpenedArchive } from '../../runs/archive.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { Store } from '../store.ts';
import { loadArchives, report } from './runsActions.ts';

export const openedArchiveStore = new Store<OpenedArchive | null>(null);

/** Reads and verifies a file; what is wrong with it becomes an alert. */
export function importFile(file: File): void {
  const opening = async () => {
    try {
      const { openArchive } = await loadArchives();
      openedArchiveStore.set(await openArchive(new Uint8Array(await file.arrayBuffer())));
      alertStore.set(null);
    } catch (error) {
      alertStore.set(`${file.name}: ${messageOf(error)}`);
    }
  };
  void opening();
}

/** Stores the archive that was chosen. */
export function storeArchive(): void {
  const archive = openedArchiveStore.get();
  openedArchiveStore.set(null);
  if (archive) report(store(archive));
}

async function store(archive: OpenedArchive): Promise<void> {
  const { importArchive } = await loadArchives();
  const { name } = await importArchive(runStore, archive);
  announce(`${name} is imported.`);
}
