/**
 * Small texts that outlast a visit, such as the theme. A browser that blocks a site's data throws at every use of `localStorage`: the
 * page then begins as on a first visit each time, and the Runs screen says that nothing is stored.
 */

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param text null to forget it */
export function remember(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // See above.
  }
}
