/** Views, told apart by the hash, so that any static host serves them and the back button works. */
import { useMemo, useSyncExternalStore } from 'react';

const views = ['configure', 'train', 'runs', 'evaluate', 'export', 'benchmark'] as const;

export type View = (typeof views)[number];

export interface Route {
  readonly view: View;
  /** What follows the view: the id of a run, or a part of the view; empty if nothing does. */
  readonly part: string;
  /** What follows the question mark in the hash. */
  readonly query: string;
}

/** `#/train/4f1c?x=1` → train, 4f1c, x=1. What is unknown leads to the first view. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name, part = ''] = path.split('/');
  return { view: views.find((view) => view === name) ?? 'configure', part, query };
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => readRoute(hash), [hash]);
}

export const hrefOf = (view: View, part = '', query = ''): string =>
  `#/${view}${part && `/${part}`}${query && `?${query}`}`;

export function goTo(view: View, part = '', query = ''): void {
  location.hash = hrefOf(view, part, query);
}
