const warmUpMs = 200;

/** Repetitions per second of a piece of work, once the engine has compiled it. */
export function perSecond(durationMs: number, now: () => number, work: () => void): number {
  repeatFor(Math.min(warmUpMs, durationMs), now, work);
  const { count, elapsedMs } = repeatFor(durationMs, now, work);
  return (1000 * count) / elapsedMs;
}

function repeatFor(durationMs: number, now: () => number, work: () => void): { count: number; elapsedMs: number } {
  const start = now();
  let count = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs) {
    work();
    count += 1;
    elapsedMs = now() - start;
  }
  return { count, elapsedMs };
}
