/** Has policies assessed in a worker of its own. */
import type { Assessment, AssessmentRequest, EvaluatorApi } from '../playback/evaluator.api.ts';
import EvaluatorWorker from '../playback/evaluator.worker.ts?worker';
import { callback } from '../threads/spawnWorker.ts';
import { withWorker } from './withWorker.ts';

/** Rejects with a sentence to show if the worker dies, or when the signal is aborted. */
export const assessPolicies = (
  request: AssessmentRequest,
  onProgress: (playedEpisodes: number) => void,
  signal: AbortSignal,
): Promise<Assessment> =>
  withWorker<EvaluatorApi, Assessment>(EvaluatorWorker, 'evaluator', signal, ({ api, orDeath }) =>
    orDeath(api.assess(request, callback(onProgress))),
  );
