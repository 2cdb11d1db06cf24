/** Who keeps a run under way holds a Web Lock in its name. The browser frees it when the tab is gone, however it went. */

const prefix = 'pronk-keeps-';

/** Returns the way to free it. Rejects, with a sentence to show, where another tab holds it. */
export function holdRunLock(id: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(prefix + id, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise<void>((free) => resolve(free));
      reject(new Error('Another tab trains this run. Stop it there first.'));
    });
    held.catch(reject);
  });
}

/** Ids of the runs that some tab of this browser keeps. */
export async function idsUnderWay(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}
