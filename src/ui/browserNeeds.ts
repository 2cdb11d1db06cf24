/** What the page cannot do without, asked before anything else is loaded. What has a substitute is not among it. */

const needs: readonly (readonly [name: string, isThere: () => boolean])[] = [
  ['WebAssembly', () => typeof WebAssembly === 'object'],
  ['Web Locks', () => 'locks' in navigator || !isSecureContext], // Elsewhere the page says that it must be served by https.
  ['BroadcastChannel', () => typeof BroadcastChannel === 'function'],
  ['popovers', () => 'popover' in HTMLElement.prototype],
  ['copies of sorted arrays', () => 'toSorted' in Array.prototype],
];

/** A sentence for people whose browser is too old, or null. */
export function findMissingNeeds(): string | null {
  const missing = needs.filter(([, isThere]) => !isThere()).map(([name]) => name);
  if (missing.length === 0) return null;
  return `This browser is too old for Pronk: it lacks ${missing.join(', ')}. Chrome and Edge from 114, Firefox from 125 and Safari from 17 on have what it needs.`;
}
