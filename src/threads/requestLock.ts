/**
 * Runs `work` while holding the Web Lock of this name. Rejects as `work` does, or with a sentence to show where the browser denies the
 * page its locks, as it does with other data of a site that is blocked.
 */
export async function requestLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return (await navigator.locks.request(name, work)) as Result;
  } catch (error) {
    if ((error as Error).name !== 'SecurityError') throw error;
    throw new Error(
      'This browser denies the page Web Locks, by which it notices that a worker died. Allow this site to store data, then load the page anew.',
    );
  }
}
