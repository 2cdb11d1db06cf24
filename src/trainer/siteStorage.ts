/**
 * `localStorage` for what may be forgotten: the theme, a draft, a measurement. Browsers that block a site's data throw at its mere
 * mention, and a full one when it is written to; the page then begins as on a first visit, and the Runs screen says that nothing is kept.
 */
type SiteStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const siteStorage: SiteStorage = {
  getItem: (key) => attempt((storage) => storage.getItem(key)),
  setItem: (key, text) => attempt((storage) => storage.setItem(key, text)),
  removeItem: (key) => attempt((storage) => storage.removeItem(key)),
};

function attempt<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
