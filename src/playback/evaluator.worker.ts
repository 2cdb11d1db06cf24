import { findEnv } from '../envs/registry.ts';
import { exposeWorker } from '../threads/exposeWorker.ts';
import { assess } from './assess.ts';
import type { EvaluatorApi, EvaluatorTask } from './evaluator.api.ts';
import { playEpisodes } from './evaluator.ts';

/** News of progress come no closer than this. */
const reportMs = 50;

let task: EvaluatorTask | null = null;

exposeWorker<EvaluatorApi>({
  async prepare(newTask) {
    findEnv(newTask.env);
    task = newTask;
  },

  async evaluate(request) {
    if (!task) throw new Error('The evaluator was asked to play before it was prepared.');
    return playEpisodes(task, request);
  },

  async assess(request, onProgress) {
    let reportedAt = 0;
    return assess(request, (played) => {
      const now = performance.now();
      if (now - reportedAt < reportMs) return;
      reportedAt = now;
      onProgress(played);
    });
  },
});
