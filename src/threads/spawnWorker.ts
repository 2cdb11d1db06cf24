/**
 * The page's end of a thread. comlink settles a call only when the worker answers, so each call is raced against the
 * worker's death, which is noticed in two ways: by an error event, and by its lifeline (see exposeWorker.ts), which also tells of
 * a worker that died without a word.
 */
import { type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { Lifeline } from './exposeWorker.ts';

export { proxy as callback } from 'comlink';
export { transfer };

export interface SpawnedWorker<Api> {
  readonly api: Remote<Api>;
  /** The call's result, or a rejection with a sentence to show if the worker dies first. */
  orDeath<Result>(call: Promise<Result>): Promise<Result>;
  /** Resolves when the worker has stopped running for certain, terminated or dead. */
  readonly whenDead: Promise<void>;
  /** Ends the worker; once is enough, again does nothing. It may run on for a moment, at most some two seconds: wait for `whenDead`. */
  terminate(): void;
}

let spawned = 0;

/** A worker's constructor, as `import … from './x.worker.ts?worker'` gives it. */
export type WorkerConstructor = new (options: { name: string }) => Worker;

/** Starts a worker. Rejects if its script does not load. `role` is what messages call it. */
export async function spawnWorker<Api>(Constructor: WorkerConstructor, role: string): Promise<SpawnedWorker<Api>> {
  spawned += 1;
  const name = `pronk-${role}-${spawned}-${crypto.randomUUID()}`;
  const worker = new Constructor({ name });
  const api = wrap<Api & Lifeline>(worker);
  let died: () => void;
  const whenDead = new Promise<void>((resolve) => {
    died = resolve;
  });
  let isTerminated = false;
  let failed: (error: Error) => void;
  const failure = new Promise<never>((_, reject) => {
    failed = reject;
  });
  failure.catch(() => {}); // A death between calls is reported by the next call.
  const fail = (what: string) => failed(new Error(`The ${role} worker stopped: ${what}.`));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(event.message || 'its script did not load; reload the page and try again');
    worker.terminate();
  });
  worker.addEventListener('messageerror', () => fail('it sent data this page cannot read'));
  const orDeath = <Result>(call: Promise<Result>): Promise<Result> => Promise.race([call, failure]);

  await orDeath(api.holdLifeline());
  void navigator.locks.request(name, () => {
    fail('it died without a word, perhaps for lack of memory');
    died();
  });
  return {
    api: api as Remote<Api>,
    orDeath,
    whenDead,
    terminate: () => {
      if (isTerminated) return;
      isTerminated = true;
      fail('it was ended');
      api[releaseProxy]();
      worker.terminate();
    },
  };
}
