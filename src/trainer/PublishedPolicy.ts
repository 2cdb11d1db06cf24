/** The policy published last: read, kept and evaluated, when asked for and every so many env steps, while the learner goes on. */
import { encodeWeights } from '../checkpoints/weightsFile.ts';
import { framesPerUpdate } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import type { ParameterStore } from '../rollout/ParameterStore.ts';
import { EvaluationDesk } from './EvaluationDesk.ts';
import type { RunRecorder } from './RunRecorder.ts';
import type { EvalOptions, Evaluation } from './run.ts';

interface Snapshot {
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly policyVersion: number;
  /** Env steps learned from when they were published. */
  readonly frames: number;
}

export class PublishedPolicy {
  readonly #h: Hyperparameters;
  readonly #network: NetworkSpec;
  readonly #store: ParameterStore;
  readonly #record: RunRecorder;
  readonly #evaluations: EvaluationDesk;
  /** Version of the store at which the run's updates begin to count; below 0 where updates came before. */
  #firstVersion = 0;
  #nextEvaluationAt = Number.POSITIVE_INFINITY;
  #nextSavingAt = Number.POSITIVE_INFINITY;

  constructor(h: Hyperparameters, network: NetworkSpec, store: ParameterStore, record: RunRecorder) {
    this.#h = h;
    this.#network = network;
    this.#store = store;
    this.#record = record;
    this.#evaluations = new EvaluationDesk(h, network);
  }

  /** Where it is evaluated. */
  get env(): string {
    return this.#evaluations.env;
  }

  /** Publishes what a run begins with; `updatesBefore` led to it. */
  begin(parameters: Float32Array, updatesBefore = 0): void {
    this.#firstVersion = -updatesBefore;
    this.#store.publish(parameters, 0);
  }

  /** Publishes other parameters, which no update of the run led to. */
  replace(parameters: Float32Array): void {
    this.#firstVersion = this.#store.version + 1;
    this.#store.publish(parameters, this.#firstVersion);
  }

  /** Updates of the run that led to a version of the store. */
  policyVersion(version: number): number {
    return version - this.#firstVersion;
  }

  weights(): Uint8Array<ArrayBuffer> {
    return this.#encode(this.#snapshot().parameters);
  }

  keepWeights(): void {
    const { parameters, frames } = this.#snapshot();
    this.#record.addSavedWeights({ frames, file: this.#encode(parameters) });
  }

  async evaluate({ numEvalEpisodes = this.#h.numEvalEpisodes, ...options }: EvalOptions = {}): Promise<Evaluation> {
    return this.#evaluate({ episodes: numEvalEpisodes, isFinal: false, ...options });
  }

  async evaluateInTheEnd(): Promise<Evaluation> {
    return this.#evaluate({ episodes: this.#h.numFinalEvalEpisodes, isFinal: true });
  }

  /** From now on `evalInterval` and `saveInterval` are kept. */
  schedule(frames: number): void {
    this.#nextEvaluationAt = due(this.#h.evalInterval, frames);
    this.#nextSavingAt = due(this.#h.saveInterval, frames);
  }

  /** To be called as frames are learned from: evaluates, unless it still does, and keeps weights, if that is due. */
  reached(frames: number): void {
    if (frames >= this.#nextEvaluationAt && !this.#evaluations.isBusy) {
      this.#nextEvaluationAt = due(this.#h.evalInterval, this.#snapshot().frames);
      this.evaluate().catch((error: Error) => this.#record.addLog('warning', `An evaluation failed: ${error.message}`));
    }
    if (frames >= this.#nextSavingAt) {
      this.keepWeights();
      this.#nextSavingAt = due(this.#h.saveInterval, this.#record.savedWeights.at(-1)!.frames);
    }
  }

  dispose(): void {
    this.#evaluations.dispose();
  }

  async #evaluate(order: {
    readonly episodes: number;
    readonly isFinal: boolean;
    readonly firstSeed?: number;
    readonly greedy?: boolean;
  }): Promise<Evaluation> {
    const snapshot = this.#snapshot();
    const evaluation = await this.#evaluations.evaluate({ ...snapshot, ...order });
    this.#record.addEvaluation(evaluation, () => this.#encode(snapshot.parameters));
    return evaluation;
  }

  #snapshot(): Snapshot {
    const parameters = new Float32Array(this.#store.size);
    const policyVersion = this.policyVersion(this.#store.read(parameters));
    return { parameters, policyVersion, frames: policyVersion * framesPerUpdate(this.#h) };
  }

  #encode(parameters: Float32Array): Uint8Array<ArrayBuffer> {
    return encodeWeights(parameters, this.#network, this.#h);
  }
}

/** The next multiple of an interval; never, for an interval of 0. */
const due = (interval: number, frames: number): number =>
  interval === 0 ? Number.POSITIVE_INFINITY : (Math.floor(frames / interval) + 1) * interval;
