/** Makes many stored runs out of the one that a page has stored. */
import type { Page } from 'playwright';
import type { StoredRun } from '../../src/runs/RunStore.ts';

/** Adds copies of the newest stored run to the page's database, each with `changes`, and loads the page anew to show them. */
export async function copyStoredRun(page: Page, copies: number, changes: Partial<StoredRun> = {}): Promise<void> {
  await page.evaluate(
    async ([numCopies, changed]) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await settled(indexedDB.open('pronk-runs'));
      const transaction = database.transaction(['runs', 'chunks'], 'readwrite');
      const [runs, chunks] = [transaction.objectStore('runs'), transaction.objectStore('chunks')];
      const [run] = (await settled<StoredRun[]>(runs.getAll())).toSorted((a, b) => b.createdAt - a.createdAt);
      const curves = (await settled(chunks.getAll())).filter(({ runId }) => runId === run!.id);
      for (let i = 1; i <= numCopies; i++) {
        const id = crypto.randomUUID();
        const copy = { ...run!, id, name: `${run!.name}-${i}`, createdAt: run!.createdAt + i, colour: i, ...changed };
        runs.put(copy);
        for (const chunk of curves) chunks.put({ ...chunk, runId: id });
      }
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      database.close();
    },
    [copies, changes] as const,
  );
  await page.reload();
}
