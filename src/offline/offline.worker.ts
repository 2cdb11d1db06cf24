/**
 * The service worker. It keeps the files of the page, so that it opens without a network, and adds the headers that make the page
 * cross-origin isolated, for hosts that cannot send them. A new version waits until the page asks for it, or all tabs are closed.
 */
import { KeptFiles } from './KeptFiles.ts';
import type { KeptFile, TakeOver } from './offline.api.ts';
import { withHeaders } from './withHeaders.ts';

declare const self: ServiceWorkerGlobalScope;
/** Filled in by build/serviceWorker.ts. */
declare const __KEPT_FILES__: readonly KeptFile[];
declare const __ISOLATION_HEADERS__: Readonly<Record<string, string>>;

const { scope } = self.registration;
const keptFiles = caches.open(`pronk ${scope}`).then((cache) => new KeptFiles(cache, scope, __KEPT_FILES__));

async function answer(request: Request): Promise<Response> {
  const kept = await (await keptFiles).find(request.url);
  return withHeaders(kept ?? (await fetch(request)), __ISOLATION_HEADERS__);
}

async function takeOver(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.filter(({ url }) => url.startsWith(scope)).length > 1) return false;
  await self.skipWaiting();
  return true;
}

self.addEventListener('install', (event) => {
  event.waitUntil(keptFiles.then((files) => files.fill((request) => fetch(request))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(keptFiles.then((files) => files.discardOthers()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // Weights on other hosts are none of its business.
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) {
    event.respondWith(answer(request));
  }
});

self.addEventListener('message', (event) => {
  if ((event.data as TakeOver) !== 'take over') return;
  event.waitUntil(takeOver().then((isDone) => event.ports[0]?.postMessage(isDone)));
});
