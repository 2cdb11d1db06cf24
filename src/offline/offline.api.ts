/** What the page, the build and the service worker agree on. */

/** A file of the page that works without a network. */
export interface KeptFile {
  /** Relative to the page; empty for the page itself. */
  readonly path: string;
  /** Of its contents, in base64. */
  readonly sha256: string;
}

/**
 * The page asks a version that waits to take the place of the present one, and sends a port along. The answer on it is true if that
 * happens now, false if it would change the files under another open tab.
 */
export type TakeOver = 'take over';
