const warmUpMs = 200;
/** However long they take: an engine compiles what it has seen often. */
const warmUpRepetitions = 5;

/** Repetitions per second of a piece of work, once the engine has compiled it. */
export function perSecond(durationMs: number, now: () => number, work: () => void): number {
  repeatFor(Math.min(warmUpMs, durationMs), now, work, warmUpRepetitions);
  const { count, elapsedMs } = repeatFor(durationMs, now, work);
  return (1000 * count) / elapsedMs;
}

function repeatFor(
  durationMs: number,
  now: () => number,
  work: () => void,
  atLeast = 1,
): { count: number; elapsedMs: number } {
  const start = now();
  let count = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs || count < atLeast) {
    work();
    count += 1;
    elapsedMs = now() - start;
  }
  return { count, elapsedMs };
}
