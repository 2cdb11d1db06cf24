/** An archive that was chosen, verified, and waits to be stored. */
import { importArchive, type OpenedArchive, openArchive } from '../../runs/archive.ts';
import { runStore } from '../../runs/BrowserRunStore.ts';
import { alertStore, announce, messageOf } from '../notices.ts';
import { Store } from '../store.ts';
import { report } from './runsActions.ts';

export const openedArchiveStore = new Store<OpenedArchive | null>(null);

/** Reads and verifies a file; what is wrong with it becomes an alert. */
export function importFile(file: File): void {
  const opening = async () => {
    try {
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
  if (archive) report(importArchive(runStore, archive).then(({ name }) => announce(`${name} is imported.`)));
}
