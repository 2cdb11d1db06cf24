/** Finds a screen, an action that a key does at this moment, or a run, by a part of its name. */
import { type KeyboardEvent, useId, useState } from 'react';
import styles from './CommandDialog.module.css';
import { Dialog } from './components/Dialog.tsx';
import { goTo, type View } from './routes.ts';
import { runsStore } from './runs/runsStore.ts';
import { activeShortcutsStore, commandSearchStore, shortcutListStore } from './shortcuts.ts';
import { useStore } from './store.ts';
import { toggleTheme } from './theme.ts';

interface Command {
  readonly name: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly act: () => void;
}

const screens: readonly Command[] = (
  [
    ['Configure', 'configure', 'G C'],
    ['Train', 'train', 'G T'],
    ['Runs', 'runs', 'G R'],
    ['Evaluate', 'evaluate', 'G E'],
    ['Export', 'export', ''],
    ['Benchmark', 'benchmark', ''],
  ] satisfies [string, View, string][]
).map(([name, view, keys]) => ({ name: `Go to ${name}`, keys, act: () => goTo(view) }));

const mostCommands = 50;

export function CommandDialog() {
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const active = useStore(activeShortcutsStore);
  const runs = useStore(runsStore) ?? [];
  const commands: readonly Command[] = [
    ...active.map(({ name, does, act }) => ({ name: does, keys: name, act })),
    ...screens,
    { name: 'Light or dark theme', act: toggleTheme },
    { name: 'Keyboard shortcuts', keys: '?', act: () => shortcutListStore.set(true) },
    ...runs.map(({ id, name }) => ({ name: `Show run ${name}`, act: () => goTo('train', id) })),
  ];
  const found = commands.filter(({ name }) => matches(name, text)).slice(0, mostCommands);
  const at = Math.min(chosen, found.length - 1);
  const close = () => commandSearchStore.set(false);
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    setTimeout(command.act); // When the dialog has given the focus back.
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((at + step + found.length) % found.length);
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Search for a screen, an action or a run" onClose={close}>
      <input
        className={styles.field}
        role="combobox"
        aria-label="Name"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[at] && `${listId}-${at}`}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} role="listbox" id={listId} aria-label="Found">
        {found.map((command, i) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the focus stays in the field, whose keys choose
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: names need not differ
            key={`${i} ${command.name}`}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === at}
            ref={i === at ? scrollToIt : null}
            onClick={() => run(command)}
          >
            {command.name} {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p role="status">Nothing has such a name.</p>}
    </Dialog>
  );
}

const scrollToIt = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

/** Every word of the text occurs in the name. */
const matches = (name: string, text: string): boolean =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.toLowerCase().includes(word));
