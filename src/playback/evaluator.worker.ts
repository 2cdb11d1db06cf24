import { findEnv } from '../envs/registry.ts';
import { exposeWorker } from '../threads/exposeWorker.ts';
import { assess } from './assess.ts';
import type { EvaluatorApi, EvaluatorTask } from './evaluator.api.ts';
import { playEpisodes } from './evaluator.ts';
import { throttled } from './throttled.ts';

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
    return assess(request, throttled(onProgress));
  },
});
