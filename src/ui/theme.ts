/** Light or dark: what the system asks for, until a person chooses. One attribute on the root carries it to all styles. */
import { siteStorage } from '../trainer/siteStorage.ts';
import { Store } from './store.ts';

export type Theme = 'light' | 'dark';

const storageKey = 'pronk.theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

const chosenTheme = (): Theme | null => {
  const stored = siteStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : null;
};

const presentTheme = (): Theme => chosenTheme() ?? (systemIsDark.matches ? 'dark' : 'light');

export const themeStore = new Store<Theme>(presentTheme());

function show(): void {
  document.documentElement.dataset.theme = themeStore.get();
}

themeStore.subscribe(show);
systemIsDark.addEventListener('change', () => themeStore.set(presentTheme()));
show();

/** A choice that equals what the system asks for is no choice: the page then follows the system again. */
export function toggleTheme(): void {
  const theme: Theme = themeStore.get() === 'dark' ? 'light' : 'dark';
  if ((theme === 'dark') === systemIsDark.matches) siteStorage.removeItem(storageKey);
  else siteStorage.setItem(storageKey, theme);
  themeStore.set(theme);
}
