/** Two views, told apart by the hash, so that any static host serves them and the back button works. */
import { useSyncExternalStore } from 'react';

export type View = 'configure' | 'train';

export interface Route {
  readonly view: View;
  /** What follows the question mark in the hash. */
  readonly query: string;
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return { view: path === 'train' ? 'train' : 'configure', query };
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export const useView = (): View => useSyncExternalStore(subscribe, () => readRoute(location.hash).view);

export const hrefOf = (view: View): string => `#/${view}`;

export function goTo(view: View): void {
  location.hash = hrefOf(view);
}
