/** The views, told apart by the hash, so that any static host serves them and the back button works. */
import { useSyncExternalStore } from 'react';

const views = ['configure', 'train', 'evaluate'] as const;
export type View = (typeof views)[number];

export interface Route {
  readonly view: View;
  /** What follows the view, such as the run to evaluate; empty where nothing does. */
  readonly run: string;
  /** What follows the question mark in the hash. */
  readonly query: string;
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name, run = ''] = path.split(/\/(.*)/s);
  return { view: views.find((view) => view === name) ?? 'configure', run: decoded(run), query };
}

/** An address that somebody cut off in the middle of a letter names no run. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export const useView = (): View => useSyncExternalStore(subscribe, () => readRoute(location.hash).view);

export const useRunInAddress = (): string => useSyncExternalStore(subscribe, () => readRoute(location.hash).run);

export const hrefOf = (view: View, run?: string): string =>
  run === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(run)}`;

export function goTo(view: View, run?: string): void {
  location.hash = hrefOf(view, run);
}
