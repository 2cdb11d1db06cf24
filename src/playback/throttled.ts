/** News of progress come no closer than this. */
const reportMs = 50;

/** Passes on the first of the news, and then what comes after a while. */
export function throttled(onProgress: (progress: number) => void): (progress: number) => void {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - reportedAt < reportMs) return;
    reportedAt = now;
    onProgress(progress);
  };
}
