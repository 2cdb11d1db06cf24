/**
 * Single keys that act on the page (WCAG 2.1.4: outside of fields and controls only, and they can be switched off). Each part of the
 * page registers its own while it is on show; the list of shortcuts shows those that act now.
 */
import { useEffect, useEffectEvent } from 'react';
import { siteStorage } from '../trainer/siteStorage.ts';
import { goTo, type View } from './routes.ts';
import { Store } from './store.ts';

export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string;
  /** As people read it. */
  readonly name: string;
  readonly does: string;
}

interface ActiveShortcut extends Shortcut {
  readonly act: () => void;
}

const storageKey = 'pronk.shortcuts';

/** Whether single keys act at all. */
export const shortcutsAreOnStore = new Store(siteStorage.getItem(storageKey) !== 'off');
shortcutsAreOnStore.subscribe(() => siteStorage.setItem(storageKey, shortcutsAreOnStore.get() ? 'on' : 'off'));

/** Whether the list is open. */
export const shortcutListStore = new Store(false);

/** Whether the search for commands is open. */
export const commandSearchStore = new Store(false);

/** Those that act now, in the order in which they were registered. */
export const activeShortcutsStore = new Store<readonly ActiveShortcut[]>([]);

/** Where `G` and one more key lead. */
const places: Readonly<Record<string, View>> = { c: 'configure', t: 'train', r: 'runs', e: 'evaluate' };

/** How long the second key of `G C` may take. */
const sequenceMs = 1500;

let goPressedAt = Number.NEGATIVE_INFINITY;

/** Makes one key act while the calling component is mounted, and only while it means something. */
export function useShortcut({ key, name, does }: Shortcut, act: () => void, isMeaningful = true): void {
  const onKey = useEffectEvent(act);
  useEffect(() => {
    if (!isMeaningful) return;
    const shortcut: ActiveShortcut = { key, name, does, act: () => onKey() };
    activeShortcutsStore.update((active) => [...active, shortcut]);
    return () => activeShortcutsStore.update((active) => active.filter((one) => one !== shortcut));
  }, [key, name, does, isMeaningful]);
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, select, textarea, button, a, summary, dialog, [contenteditable]') !== null;

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat) return;
  const key = event.key.toLowerCase();
  if (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
    commandSearchStore.set(true);
    event.preventDefault();
    return;
  }
  // Some keyboards have brackets on a third level, whose key counts as Ctrl and Alt.
  const hasCommandKey = event.ctrlKey || event.metaKey || event.altKey;
  if (hasCommandKey && !event.getModifierState('AltGraph')) return;
  const isTyping =
    event.target instanceof Element &&
    event.target.closest('input:not([type=checkbox]), select, textarea, dialog:not([data-takes-keys=true])') !== null;
  if (event.key === '?' && !isTyping) {
    shortcutListStore.set(true);
    event.preventDefault();
    return;
  }
  if (!shortcutsAreOnStore.get() || isTyping) return;
  const place = performance.now() - goPressedAt < sequenceMs ? places[key] : undefined;
  goPressedAt = key === 'g' ? performance.now() : Number.NEGATIVE_INFINITY;
  if (place) {
    goTo(place);
    event.preventDefault();
    return;
  }
  // Space presses the button that has the focus; the other keys mean nothing to a control that is no field.
  if (key === ' ' && isControl(event.target)) return;
  const shortcut = activeShortcutsStore.get().findLast((one) => one.key === key);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.act();
}

addEventListener('keydown', onKeyDown);
