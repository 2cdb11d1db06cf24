/** What the page has to say: an alert that stays until it is dismissed, and milestones for people who listen to the page. */
import { Store } from './store.ts';

export const alertStore = new Store<string | null>(null);

/** Read out politely, once; milestones only. */
export const milestoneStore = new Store('');

export const announce = (text: string): void => milestoneStore.set(text);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
