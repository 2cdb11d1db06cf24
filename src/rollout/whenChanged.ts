/** How long one wait lasts at most: a lost wake-up then costs a moment, not the run. */
const longestWaitMs = 200;

/**
 * Resolves when the word is no longer `seen`, or after a while, without blocking the thread's event loop.
 * Firefox has `Atomics.waitAsync` from 145; before it, the word is looked at every millisecond.
 */
export async function whenChanged(
  words: Int32Array,
  index: number,
  seen: number,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  if (typeof Atomics.waitAsync === 'function') {
    const waiting = Atomics.waitAsync(words, index, seen, longestWaitMs);
    if (waiting.async) await waiting.value;
    return;
  }
  for (let waitedMs = 0; Atomics.load(words, index) === seen && waitedMs < longestWaitMs; waitedMs++) await sleep(1);
}
