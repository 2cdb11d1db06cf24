/** Three steps of a first run, one at a time, as far as a person has come. Dismissed once, it never comes back. */
import type { RunState } from '../trainer/run.ts';
import { siteStorage } from '../trainer/siteStorage.ts';
import styles from './App.module.css';
import { Button } from './components/Button.tsx';
import type { View } from './routes.ts';
import { isBusy } from './session.ts';
import { Store, useStore } from './store.ts';

const storageKey = 'pronk.firstRunIsKnown';

/** Whether nobody needs it any more. */
const isKnownStore = new Store(siteStorage.getItem(storageKey) !== null);
isKnownStore.subscribe(() => siteStorage.setItem(storageKey, 'yes'));

export function FirstRunBar({ view, state }: { readonly view: View; readonly state: RunState }) {
  const isKnown = useStore(isKnownStore);
  const text = textFor(view, state);
  if (isKnown || text === null) return null;
  return (
    <aside className={styles.notice} aria-label="First steps">
      <span>{text}</span>
      <Button onClick={() => isKnownStore.set(true)}>I know my way</Button>
    </aside>
  );
}

function textFor(view: View, state: RunState): string | null {
  if (view === 'configure' && !isBusy(state)) {
    return '1 of 3: Choose an environment from the list, and try it yourself. The settings suit it already: start with the blue button.';
  }
  if (view !== 'train') return null;
  if (isBusy(state)) {
    return '2 of 3: Every dot is an episode. The line should rise towards “solved”; the button at a title explains its curve, and the live policy shows what was learned.';
  }
  return state.status === 'finished'
    ? '3 of 3: Take the weights along, train again with other settings, or compare your runs in Runs.'
    : null;
}
