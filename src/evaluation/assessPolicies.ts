/** Has policies assessed by a worker that is made for it and ends with it, so that cancelling is at once. */
import type { Assessment, AssessmentRequest, EvaluatorApi } from '../playback/evaluator.api.ts';
import EvaluatorWorker from '../playback/evaluator.worker.ts?worker';
import { callback, spawnWorker } from '../threads/spawnWorker.ts';

/** Rejects with a sentence to show if the worker dies, or when the signal is aborted. */
export async function assessPolicies(
  request: AssessmentRequest,
  onProgress: (playedEpisodes: number) => void,
  signal: AbortSignal,
): Promise<Assessment> {
  const worker = await spawnWorker<EvaluatorApi>(EvaluatorWorker, 'evaluator');
  const end = () => worker.terminate();
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) end();
    return await worker.orDeath(worker.api.assess(request, callback(onProgress)));
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
