/** Has policies evaluated by a worker of its own, one request after the other, never on the training actors. */
import { firstEvaluationSeed } from '../config/evaluation.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { summarise } from '../math/statistics.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { EvaluatorApi } from '../playback/evaluator.api.ts';
import EvaluatorWorker from '../playback/evaluator.worker.ts?worker';
import { type SpawnedWorker, spawnWorker } from '../threads/spawnWorker.ts';
import type { Evaluation } from './run.ts';

export interface EvaluationOrder {
  readonly parameters: Float32Array;
  readonly policyVersion: number;
  /** Env steps learned from when these parameters were published. */
  readonly frames: number;
  readonly episodes: number;
  readonly firstSeed?: number;
  readonly greedy?: boolean;
  readonly isFinal: boolean;
}

export class EvaluationDesk {
  /** Where policies are evaluated. */
  readonly env: string;
  readonly #h: Hyperparameters;
  readonly #network: NetworkSpec;
  #worker: Promise<SpawnedWorker<EvaluatorApi>> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #numOrders = 0;

  constructor(h: Hyperparameters, network: NetworkSpec) {
    this.#h = h;
    this.#network = network;
    this.env = h.evalEnv || h.env;
  }

  get isBusy(): boolean {
    return this.#numOrders > 0;
  }

  /** Rejects, with a sentence to show, if the worker dies; the next order then gets another one. */
  evaluate(order: EvaluationOrder): Promise<Evaluation> {
    this.#numOrders += 1;
    const result = this.#queue
      .then(() => this.#play(order))
      .finally(() => {
        this.#numOrders -= 1;
      });
    this.#queue = result.catch(() => {});
    return result;
  }

  dispose(): void {
    void this.#worker?.then((worker) => worker.terminate());
    this.#worker = null;
  }

  async #play(order: EvaluationOrder): Promise<Evaluation> {
    const {
      parameters,
      episodes,
      policyVersion,
      frames,
      isFinal,
      firstSeed = firstEvaluationSeed,
      greedy = true,
    } = order;
    this.#worker ??= this.#spawn();
    try {
      const worker = await this.#worker;
      const played = await worker.orDeath(worker.api.evaluate({ parameters, episodes, firstSeed, greedy }));
      return {
        ...summarise(played.returns),
        returns: played.returns,
        lengths: played.lengths,
        frames,
        policyVersion,
        isFinal,
      };
    } catch (error) {
      this.#worker = null;
      throw error;
    }
  }

  async #spawn(): Promise<SpawnedWorker<EvaluatorApi>> {
    const worker = await spawnWorker<EvaluatorApi>(EvaluatorWorker, 'evaluator');
    const { rewardClipping } = this.#h;
    await worker.orDeath(worker.api.prepare({ env: this.env, network: this.#network, rewardClipping }));
    return worker;
  }
}
