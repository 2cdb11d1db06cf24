import { alertStore, announce, messageOf } from './notices.ts';

/** Puts a text on the clipboard and says so; false, with an alert, where the browser forbids it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    alertStore.set(`This browser did not let the page use the clipboard: ${messageOf(error)}`);
    return false;
  }
  announce('Copied.');
  return true;
}
