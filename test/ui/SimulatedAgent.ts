/**
 * An agent that trains nothing: it invents the record of a run, at the pace of a real one, so that the page can be worked on and
 * tested by itself. The query of the page sets its pace: `?rate=60000` env steps a second, `?fail=1`, `?crash=1`.
 */

import {
  type EpisodeColumn,
  episodeColumnNames,
  type LearnerMetric,
  learnerMetricNames,
} from '../../src/metrics/metrics.ts';
import type {
  ActorStatus,
  Agent,
  Column,
  Evaluation,
  LiveValues,
  LogEntry,
  RunRecord,
  RunState,
  RunSummary,
  SettingChange,
  TrainOptions,
  WatchHandle,
  WatchOptions,
} from '../../src/trainer/run.ts';
import { SimulatedViewer } from './SimulatedViewer.ts';
import { type Hyperparameters, hyperparametersFrom } from './simulatedHyperparameters.ts';

class GrowingColumn implements Column {
  length = 0;
  values = new Float64Array(256);
  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}

const columns = <Name extends string>(names: readonly Name[]): Record<Name, GrowingColumn> =>
  Object.fromEntries(names.map((name) => [name, new GrowingColumn()])) as Record<Name, GrowingColumn>;

const option = (name: string): string | null => new URLSearchParams(globalThis.location?.search ?? '').get(name);

export class ActorLearnerAgent implements Agent {
  readonly algorithm = 'IMPALA';
  state: RunState = { status: 'idle' };
  readonly #h: Hyperparameters;
  readonly #listeners = new Set<() => void>();
  readonly #episodes = columns<EpisodeColumn>(episodeColumnNames);
  readonly #metrics = columns<LearnerMetric>(learnerMetricNames);
  readonly #evaluations: Evaluation[] = [];
  readonly #log: LogEntry[] = [];
  #actors: ActorStatus[] = [];
  #changes: readonly SettingChange[] = [];
  liveValues: LiveValues;
  #version = 0;
  #frames = 0;
  #seconds = 0;
  #nextEvaluation = 0;
  #timer = 0;
  #random = 12345;
  #settle: ((summary: RunSummary) => void) | null = null;
  #fail: ((error: Error) => void) | null = null;
  readonly #episodeLengths: number[];

  constructor(hyperparameters: Partial<Hyperparameters>) {
    this.#h = hyperparametersFrom(hyperparameters);
    this.liveValues = { lr: this.#h.lr, entCoef: this.#h.entCoef };
    this.#episodeLengths = new Array(this.#h.numActors * this.#h.numEnvsPerActor).fill(0);
    this.#nextEvaluation = this.#h.evalInterval;
  }

  get record(): RunRecord {
    const { log, actors } = { log: this.#log, actors: this.#actors };
    return {
      version: this.#version,
      frames: this.#frames,
      updates: Math.floor(this.#frames / this.#framesPerUpdate),
      seconds: this.#seconds,
      episodes: this.#episodes,
      metrics: this.#metrics,
      evaluations: this.#evaluations,
      savedWeights: [],
      bestWeights: null,
      breaks: [],
      checkpoint: null,
      changes: this.#changes,
      actors,
      log,
      reportDelayMs: 10,
      engine:
        this.state.status === 'idle' || this.state.status === 'starting'
          ? null
          : {
              device: 'wasm',
              description: 'WebAssembly, SIMD, one thread',
              reason: 'Fastest of those measured: the GPU here is emulated in software.',
              measured: { wasm: 0.6, webgpu: 41.2, cpu: 5.9 },
            },
    };
  }

  get #framesPerUpdate(): number {
    return this.#h.numSteps * this.#h.batchSize;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(values: Partial<LiveValues>): void {
    const before = this.liveValues;
    this.liveValues = { ...before, ...values };
    for (const name of ['lr', 'entCoef'] as const) {
      const [from, to] = [before[name], this.liveValues[name]];
      if (from !== to) this.#changes = [...this.#changes, { name, from, to, frames: this.#frames }];
    }
    this.#changed();
  }

  #changed(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  #note(message: string, level: LogEntry['level'] = 'info'): void {
    this.#log.push({ seconds: this.#seconds, level, message });
  }

  train(_options: TrainOptions = {}): Promise<RunSummary> {
    this.state = { status: 'starting', phase: 'starting actors 0/1' };
    this.#actors = Array.from({ length: this.#h.numActors }, (_, index) => ({
      index,
      state: 'starting',
      envSteps: 0,
      rollouts: 0,
      restarts: 0,
    }));
    this.#changed();
    setTimeout(() => {
      this.state = { status: 'training' };
      this.#note(`${this.#h.numActors} actors ready, ${this.#h.numActors * this.#h.numEnvsPerActor} environments`);
      this.#note('learner runs on wasm');
      const backlog = Number(option('backlog') ?? 0);
      for (let i = 0; i < backlog; i++) this.#advance(0.1);
      this.#timer = setInterval(() => this.#tick(), 100) as unknown as number;
      this.#changed();
    }, 800);
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
  }

  #tick(): void {
    if (this.state.status !== 'training') return;
    this.#advance(0.1);
    if (option('fail') && this.#frames > 40000) {
      this.#end({
        status: 'failed',
        reason:
          'The baseline loss became NaN at update 312. The weights of update 311 are kept; try a lower learning rate.',
      });
      this.#fail?.(new Error('The baseline loss became NaN at update 312.'));
      return;
    }
    if (this.#frames >= this.#h.numTrainSteps) this.#finish(false);
    this.#changed();
  }

  #advance(seconds: number): void {
    const rate = Number(option('rate') ?? 12000) * (0.95 + 0.1 * this.#uniform());
    this.#seconds += seconds;
    const before = this.#frames;
    this.#frames = Math.min(
      this.#h.numTrainSteps,
      this.#frames + Math.round((rate * seconds) / this.#framesPerUpdate) * this.#framesPerUpdate,
    );
    this.#playEpisodes(before);
    this.#learn();
    if (this.#h.evalInterval > 0 && this.#frames >= this.#nextEvaluation) {
      this.#nextEvaluation += this.#h.evalInterval;
      this.#evaluations.push(this.#evaluate(this.#h.numEvalEpisodes, false));
    }
    const perActor = this.#frames / this.#h.numActors;
    this.#actors = this.#actors.map((actor, i) => this.#actorAt(actor, perActor * (0.98 + 0.02 * ((i * 7) % 3))));
  }

  #actorAt(actor: ActorStatus, envSteps: number): ActorStatus {
    const isCrashing = option('crash') && actor.index === 0;
    const state =
      isCrashing && this.#seconds % 20 > 5 && this.#seconds % 20 < 8
        ? 'restarting'
        : isCrashing && this.#seconds > 40
          ? 'failed'
          : 'running';
    if (state !== actor.state && state !== 'running')
      this.#note(`actor ${actor.index} stopped: out of memory; ${state}`, state === 'failed' ? 'error' : 'warning');
    const reason = state === 'running' ? {} : { reason: 'The actor worker stopped: out of memory.' };
    return {
      index: actor.index,
      state,
      envSteps: Math.floor(envSteps),
      rollouts: Math.floor(envSteps / this.#h.numSteps),
      restarts: isCrashing ? 1 : 0,
      ...reason,
    };
  }

  /** Episodes of about the length that the policy can hold the pole by now. */
  #playEpisodes(from: number): void {
    const steps = Math.max(1, Math.floor((this.#frames - from) / this.#episodeLengths.length));
    for (let env = 0; env < this.#episodeLengths.length; env++) {
      for (let i = 0; i < steps; i++) {
        this.#episodeLengths[env]!++;
        const length = this.#episodeLengths[env]!;
        if (length >= 500 || this.#uniform() < 1 / this.#skill) {
          const frames = from + ((this.#frames - from) * i) / steps;
          const row = {
            frames,
            episodeReturn: length,
            episodeLength: length,
            actor: Math.floor(env / this.#h.numEnvsPerActor),
          };
          for (const name of episodeColumnNames) this.#episodes[name].push(row[name]);
          this.#episodeLengths[env] = 0;
        }
      }
    }
  }

  get #progress(): number {
    return this.#frames / this.#h.numTrainSteps;
  }

  get #skill(): number {
    return 22 + 1500 / (1 + Math.exp(-14 * (this.#progress - 0.45)));
  }

  #learn(): void {
    const p = this.#progress;
    const noise = () => this.#uniform() + this.#uniform() - 1;
    const row: Record<LearnerMetric, number> = {
      frames: this.#frames,
      updates: Math.floor(this.#frames / this.#framesPerUpdate),
      seconds: this.#seconds,
      policyLoss: -0.03 * (1 - p) + 0.008 * noise(),
      baselineLoss: 3 * Math.exp(-((p - 0.12) ** 2) / 0.02) + 0.35 + 0.15 * noise(),
      entropy: 0.69 - 0.25 * p + 0.01 * noise(),
      totalLoss: 1 + 0.4 * noise(),
      intrinsicReward: 0,
      gradNorm: 0.8 - 0.3 * p + 0.15 * noise(),
      learningRate: this.#h.lr * (1 - p),
      importanceWeight: 1 + 0.05 * noise(),
      clippedFraction: 0.1 + 0.05 * noise(),
      policyLag: 1.4 + 0.6 * noise(),
      maxPolicyLag: 3 + Math.round(noise()),
      queue: 9 + 4 * noise(),
      updateMs: 4 + noise(),
      waitMs: 1.5 + noise(),
      framesPerSecond: 12000 + 900 * noise(),
    };
    for (const name of learnerMetricNames) this.#metrics[name].push(row[name]);
  }

  #evaluate(episodes: number, isFinal: boolean): Evaluation {
    const returns = Array.from({ length: episodes }, () =>
      Math.min(500, Math.round(this.#skill * (0.4 + this.#uniform()))),
    );
    const mean = returns.reduce((a, b) => a + b, 0) / episodes;
    return {
      frames: this.#frames,
      policyVersion: Math.floor(this.#frames / this.#framesPerUpdate),
      returns,
      lengths: returns,
      isFinal,
      episodes,
      mean,
      std: 0.2 * mean,
      min: Math.min(...returns),
      max: Math.max(...returns),
      iqm: mean,
      iqmCi95: [mean * 0.9, Math.min(500, mean * 1.08)],
    };
  }

  #finish(stopped: boolean): void {
    const evaluation = stopped ? null : this.#evaluate(this.#h.numFinalEvalEpisodes, true);
    if (evaluation) this.#evaluations.push(evaluation);
    this.#note(stopped ? 'stopped' : 'finished');
    this.#end({ status: 'finished', stopped });
    this.#settle?.({
      env: this.#h.env,
      algorithm: this.algorithm,
      device: 'wasm',
      seed: this.#h.seed,
      frames: this.#frames,
      seconds: this.#seconds,
      framesPerSecond: this.#frames / this.#seconds,
      episodes: this.#episodes.frames.length,
      updates: 0,
      bottleneck: null,
      evaluation,
      files: [],
    });
  }

  #end(state: RunState): void {
    clearInterval(this.#timer);
    this.#actors = this.#actors.map((actor) => ({ ...actor, state: 'stopped' }));
    this.state = state;
    this.#changed();
  }

  eval(options: { numEvalEpisodes?: number } = {}): Promise<Evaluation> {
    const before = this.state;
    this.state = { status: 'evaluating' };
    this.#changed();
    return new Promise((resolve) => {
      setTimeout(() => {
        const evaluation = this.#evaluate(options.numEvalEpisodes ?? 10, false);
        this.#evaluations.push(evaluation);
        this.state = before;
        this.#changed();
        resolve(evaluation);
      }, 700);
    });
  }

  pause(): void {
    this.state = { status: 'paused' };
    this.#note('paused');
    this.#changed();
  }

  resume(): void {
    this.state = { status: 'training' };
    this.#note('resumed');
    this.#changed();
  }

  stop(): void {
    this.#finish(true);
  }

  load(weights: Uint8Array): void {
    if (weights.length < 8) throw new Error('This is no safetensors file: it is shorter than its own header.');
    this.#note(`loaded ${weights.length} bytes of weights`);
  }

  keepWeights(): void {
    this.#note('weights kept');
  }

  weights(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(18700);
  }

  watch(canvas: OffscreenCanvas, options: WatchOptions): WatchHandle {
    return new SimulatedViewer(this.#h.env, canvas, options, () => Math.floor(this.#frames / this.#framesPerUpdate));
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  #uniform(): number {
    this.#random = (this.#random * 1103515245 + 12345) % 2147483648;
    return this.#random / 2147483648;
  }
}
