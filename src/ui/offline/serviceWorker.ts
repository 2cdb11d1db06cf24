/** The page's side of its service worker: installs it, reloads once where it gives the page shared memory, and offers updates. */
import type { TakeOver } from '../../offline/offline.api.ts';
import { messageOf } from '../notices.ts';
import { Store } from '../store.ts';

export type OfflineCopy =
  | { readonly status: 'none' | 'installing' | 'installed' }
  | { readonly status: 'failed'; readonly reason: string };

export const offlineCopyStore = new Store<OfflineCopy>({ status: 'none' });

/** A version that waits for the page to be ready for it. */
export const updateStore = new Store<ServiceWorker | null>(null);

/** Set while the page reloads to become isolated, so that it does so only once. */
const reloadedKey = 'pronk.reloadedForIsolation';

const hourMs = 60 * 60 * 1000;

export async function installServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  offlineCopyStore.set({ status: 'installing' });
  try {
    const registration = await navigator.serviceWorker.register('./serviceWorker.js', { updateViaCache: 'none' });
    offerUpdates(registration);
    await untilActive(registration);
    becomeIsolated();
    offlineCopyStore.set({ status: 'installed' });
  } catch (error) {
    offlineCopyStore.set({ status: 'failed', reason: messageOf(error) });
  }
}

async function untilActive(registration: ServiceWorkerRegistration): Promise<void> {
  if (registration.active) return;
  const worker = registration.installing ?? registration.waiting;
  if (worker && (await untilSettled(worker, 'activated')) === 'redundant') {
    throw new Error('not every file of the page could be kept');
  }
}

/** The worker's state once it is this one, or once it will never be. */
function untilSettled(worker: ServiceWorker, wanted: ServiceWorkerState): Promise<ServiceWorkerState> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state === wanted || worker.state === 'redundant') resolve(worker.state);
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** A reload goes through the service worker, which adds the headers. Throws if that did not help. */
function becomeIsolated(): void {
  const wasReloaded = sessionStorage.getItem(reloadedKey) !== null;
  sessionStorage.removeItem(reloadedKey);
  if (crossOriginIsolated) return;
  if (wasReloaded) {
    throw new Error('the page was loaded through its service worker, and the browser still does not isolate it');
  }
  sessionStorage.setItem(reloadedKey, 'yes');
  location.reload();
}

function offerUpdates(registration: ServiceWorkerRegistration): void {
  const offer = async (worker: ServiceWorker | null) => {
    if (!worker || !registration.active) return; // The first version replaces nothing.
    if ((await untilSettled(worker, 'installed')) === 'installed') updateStore.set(worker);
  };
  void offer(registration.waiting);
  registration.addEventListener('updatefound', () => void offer(registration.installing));
  // A page that trains for days is told as well. Without a network there is nothing to hear.
  setInterval(() => registration.update().catch(() => {}), hourMs);
}

/** Loads the page anew with the version that waits. Does nothing, and returns false, if other tabs are open. */
export async function loadUpdate(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data as boolean);
  });
  worker.postMessage('take over' satisfies TakeOver, [port2]);
  if (!(await answer)) return false;
  await untilSettled(worker, 'activated');
  location.reload();
  return true;
}
