import { exposeWorker } from '../threads/exposeWorker.ts';
import type { BenchmarkApi } from './benchmark.api.ts';
import { measureActor, measureEnv, measureInference, measureQueue } from './measureParts.ts';

const now = () => performance.now();

exposeWorker<BenchmarkApi>({
  env: async (id, durationMs) => measureEnv(id, durationMs, now),
  inference: async (network, durationMs) => measureInference(network, durationMs, now),
  queue: async (durationMs) => measureQueue(durationMs, now),
  actor: async (hyperparameters, durationMs) => measureActor(hyperparameters, durationMs, now),
  async learner(device, network, batchSize, durationMs) {
    const { measureLearner } = await import('./measureLearner.ts'); // TensorFlow.js only where it is asked for.
    return measureLearner(device, network, batchSize, durationMs, now);
  },
});
