import { type SpawnedWorker, spawnWorker, type WorkerConstructor } from '../threads/spawnWorker.ts';

/**
 * Has something done by a worker that is made for it and ends with it, so that cancelling is at once. Rejects with a sentence to show
 * if the worker dies, or when the signal is aborted.
 */
export async function withWorker<Api, Result>(
  Constructor: WorkerConstructor,
  role: string,
  signal: AbortSignal,
  task: (worker: SpawnedWorker<Api>) => Promise<Result>,
): Promise<Result> {
  const worker = await spawnWorker<Api>(Constructor, role);
  const end = () => worker.terminate();
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) end();
    return await task(worker);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
