/**
 * Trainer for distributed algorithms, after RLLTE's class of the same name: it owns the shared memory, starts, watches,
 * pauses and stops the workers, has the policy evaluated, and records what happens. How an actor plays (`run`) and how a
 * learner learns (`update`) belong to the algorithm. It knows nothing of the page.
 */

import { decodeWeights } from '../checkpoints/weightsFile.ts';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import { assertNoProblems, findProblemWithValue } from '../config/findProblems.ts';
import { defaultHyperparameters, type Hyperparameters, specOf } from '../config/hyperparameters.ts';
import type { EngineReport, LearnerReport, LearnerState } from '../learner/learner.api.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkOf } from '../networks/networkOf.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { LiveSettings, type LiveValues, liveSettingNames } from '../rollout/LiveSettings.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import { Progress } from '../rollout/Progress.ts';
import { SlotTable } from '../rollout/SlotTable.ts';
import { allocateTrainingMemory, type TrainingMemory } from '../rollout/trainingMemory.ts';
import { requestLock } from '../threads/requestLock.ts';
import type { SpawnedWorker } from '../threads/spawnWorker.ts';
import { ActorCrew, type ActorLife } from './ActorCrew.ts';
import { bottleneckOf, recentLoad } from './bottleneck.ts';
import { PublishedPolicy } from './PublishedPolicy.ts';
import { RunRecorder } from './RunRecorder.ts';
import type {
  Agent,
  EvalOptions,
  Evaluation,
  ResumePoint,
  RunState,
  RunSummary,
  TrainOptions,
  WatchFrame,
  WatchHandle,
  WatchOptions,
} from './run.ts';
import { watchPolicy } from './watchPolicy.ts';

/** The life of one learner. */
export interface LearnerLife {
  readonly learnerIndex: number;
  /** This life's number in the slot table. */
  readonly owner: number;
  readonly begins: (worker: Pick<SpawnedWorker<unknown>, 'terminate' | 'whenDead'>) => void;
  /** To be called once the engine is open; resolves when all learners are ready and may begin. */
  readonly ready: (engine: EngineReport) => Promise<void>;
  readonly report: (report: LearnerReport) => void;
}

export abstract class DistributedAgent implements Agent {
  abstract readonly algorithm: string;
  /** Without "automatic" values. */
  readonly hyperparameters: Hyperparameters;
  readonly network: NetworkSpec;
  readonly record: RunRecorder;
  protected readonly memory: TrainingMemory;
  /** The newest parameters this thread has seen: what training begins with. */
  protected parameters: Float32Array<ArrayBuffer>;
  /** What every learner begins with in a run that is resumed. */
  protected resumeFrom: LearnerState | null = null;
  readonly #store: ParameterStore;
  readonly #slots: SlotTable;
  readonly #progress: Progress;
  readonly #liveSettings: LiveSettings;
  readonly #policy: PublishedPolicy;
  readonly #listeners = new Set<() => void>();
  readonly #workers = new Set<Pick<SpawnedWorker<unknown>, 'terminate' | 'whenDead'>>();
  readonly #views = new Set<WatchHandle>();
  #state: RunState = { status: 'idle' };
  #owners = 0;

  /** Throws a `ConfigurationError` that lists every problem. */
  constructor(hyperparameters: Partial<Hyperparameters> = {}) {
    if (typeof SharedArrayBuffer === 'undefined') throw new Error(withoutSharedMemory);
    const machine = { hardwareConcurrency: navigator.hardwareConcurrency };
    const complete = { ...defaultHyperparameters, ...hyperparameters };
    assertNoProblems(complete, machine);
    const h = resolveAutomatic(complete, machine);
    this.hyperparameters = h;
    this.network = networkOf(h);
    this.memory = allocateTrainingMemory(h, this.network);
    this.#store = new ParameterStore(this.memory.parameters);
    this.#slots = new SlotTable(this.memory.slots);
    this.#progress = new Progress(this.memory.progress);
    this.#liveSettings = new LiveSettings(this.memory.liveSettings);
    this.record = new RunRecorder(() => this.#notify());
    this.#policy = new PublishedPolicy(h, this.network, this.#store, this.record);
    this.parameters = initialParameters(this.network, h.initFn, h.seed, h.initialLogStd);
    this.#policy.begin(this.parameters);
  }

  /** One actor's life: fills storages until the slot table is closed. Rejects when the actor dies. */
  protected abstract run(life: ActorLife): Promise<void>;

  /** One learner's life: makes updates until the budget is spent or the run stops. Rejects when it fails. */
  protected abstract update(life: LearnerLife): Promise<void>;

  get state(): RunState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Generations of an actor differ in their seeds, so those after a resumption do not repeat the ones before. */
  protected get firstGeneration(): number {
    return this.resumeFrom?.updates ?? 0;
  }

  async train({ initModel, resumeFrom, signal }: TrainOptions = {}): Promise<RunSummary> {
    if (this.#state.status !== 'idle')
      throw new Error('An agent trains once. Make another one, with these weights to begin with.');
    const stop = () => this.stop();
    try {
      this.#setState({ status: 'starting', phase: 'reading the initial weights' });
      if (resumeFrom) this.#resume(resumeFrom);
      else await this.#adoptInitialWeights(initModel);
      signal?.addEventListener('abort', stop);
      await this.#holdingALock(() => this.#trainWithWorkers());
      return await this.#finish();
    } catch (error) {
      const reason = (error as Error).message;
      this.record.addLog('error', reason);
      this.#setState({ status: 'failed', reason });
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  eval(options: EvalOptions = {}): Promise<Evaluation> {
    return this.#policy.evaluate(options);
  }

  pause(): void {
    if (this.#state.status !== 'training') return;
    this.#progress.setPaused(true);
    this.#setState({ status: 'pausing' });
  }

  resume(): void {
    if (this.#state.status !== 'paused' && this.#state.status !== 'pausing') return;
    this.#progress.setPaused(false);
    this.#setState({ status: 'training' });
  }

  get liveValues(): LiveValues {
    return this.#liveSettings.asked;
  }

  change(values: Partial<LiveValues>): void {
    const before = this.liveValues;
    const after = { ...before, ...values };
    const problems = liveSettingNames.flatMap((name) => findProblemWithValue(name, after[name]));
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
    this.#liveSettings.ask(after);
    for (const name of liveSettingNames) {
      const [from, to] = [before[name], after[name]];
      if (from === to) continue;
      this.record.addChange({ name, from, to });
      this.record.addLog('info', `${specOf(name).label} changed from ${from} to ${to}.`);
    }
  }

  stop(): void {
    if (!['starting', 'training', 'pausing', 'paused'].includes(this.#state.status)) return;
    this.#progress.stop();
    this.#setState({ status: 'stopping' });
  }

  load(weights: Uint8Array): void {
    if (!['idle', 'finished', 'failed'].includes(this.#state.status)) {
      throw new Error('Weights cannot be loaded while training. Stop the run first.');
    }
    this.parameters = decodeWeights(weights, this.network).parameters;
    this.#policy.replace(this.parameters);
    this.#notify();
  }

  weights(): Uint8Array<ArrayBuffer> {
    return this.#policy.weights();
  }

  keepWeights(): void {
    this.#policy.keepWeights();
  }

  watch(canvas: OffscreenCanvas, options: WatchOptions): WatchHandle {
    const { onFrame } = options;
    const countAll = (frame: WatchFrame) =>
      onFrame?.({ ...frame, policyVersion: this.#policy.policyVersion(frame.policyVersion) });
    const view = watchPolicy(
      canvas,
      { ...options, onFrame: countAll },
      {
        env: this.#policy.env,
        network: this.network,
        rewardClipping: this.hyperparameters.rewardClipping,
        parameters: this.memory.parameters,
        firstSeed: this.hyperparameters.seed,
      },
    );
    this.#views.add(view);
    const stop = () => {
      this.#views.delete(view);
      view.stop();
    };
    return { update: view.update, stop };
  }

  dispose(): void {
    this.stop();
    for (const view of this.#views) view.stop();
    for (const worker of this.#workers) worker.terminate();
    this.#slots.close();
    this.#store.close();
    this.#policy.dispose();
    this.#listeners.clear();
  }

  async #adoptInitialWeights(initModel: Uint8Array | undefined): Promise<void> {
    const { initModelPath } = this.hyperparameters;
    const file = initModel ?? (initModelPath ? await fetchWeights(initModelPath) : null);
    if (file) this.parameters = decodeWeights(file, this.network).parameters;
    this.#policy.begin(this.parameters);
  }

  #resume({ checkpoint, past }: ResumePoint): void {
    if (checkpoint.parameters.length !== this.#store.size) {
      throw new Error('The checkpoint is of another network than these settings describe.');
    }
    this.resumeFrom = checkpoint;
    this.parameters = checkpoint.parameters;
    this.#policy.begin(this.parameters, checkpoint.updates);
    this.record.restore(past, checkpoint);
    const changed = Object.fromEntries(this.record.changes.map(({ name, to }) => [name, to]));
    this.#liveSettings.begin({ ...this.liveValues, ...changed });
    this.record.addLog('info', `Resumed after ${checkpoint.updates} updates.`);
  }

  /** A Web Lock per run exempts the tab from being frozen to save energy while it trains in the background. */
  #holdingALock<Result>(work: () => Promise<Result>): Promise<Result> {
    return requestLock(`pronk-run-${crypto.randomUUID()}`, work);
  }

  /** Learners first: an actor that waits for its learner only fills memory, and a device that cannot be had should be heard of at once. */
  async #trainWithWorkers(): Promise<void> {
    const { numActors, numEnvsPerActor, numLearners, numSteps, lockstep } = this.hyperparameters;
    this.#policy.schedule(this.record.frames);
    let failRun: (error: Error) => void = () => {};
    const failure = new Promise<never>((_, reject) => {
      failRun = reject;
    });
    failure.catch(() => {});
    const crew = new ActorCrew({
      numActors,
      numEnvsPerActor,
      lockstep,
      slots: this.#slots,
      progress: this.#progress,
      nextOwner: () => this.#nextOwner(),
      live: (life) => this.run({ ...life, begins: (worker) => life.begins(this.#watched(worker)) }),
      onStatus: (statuses) => this.record.setActors(statuses),
      onLog: (level, message) => this.record.addLog(level, message),
      onFailure: (reason) => failRun(new Error(reason)),
    });
    const refreshing = setInterval(() => crew.refresh(numSteps), 500);
    try {
      this.#setPhase('opening the learner’s engine');
      await Promise.race([this.#learn(numLearners, () => crew.start()), failure]);
    } finally {
      clearInterval(refreshing);
      this.#progress.stop();
      this.#slots.close();
      this.#store.close();
      await crew.end();
      crew.refresh(numSteps);
      for (const worker of this.#workers) worker.terminate();
      this.#workers.clear();
    }
  }

  /** All learners' lives. `startActors` is called when every engine is open. */
  async #learn(numLearners: number, startActors: () => void): Promise<void> {
    let begin: () => void = () => {};
    const allReady = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let numReady = 0;
    const lives = Array.from({ length: numLearners }, (_, learnerIndex) =>
      this.update({
        learnerIndex,
        owner: this.#nextOwner(),
        begins: (worker) => this.#watched(worker),
        ready: (engine) => {
          if (learnerIndex === 0) this.#announceEngine(engine);
          numReady += 1;
          if (numReady === numLearners) {
            startActors();
            if (this.#state.status === 'starting') this.#setState({ status: 'training' });
            begin();
          }
          return allReady;
        },
        report: (report) => this.#take(report, learnerIndex),
      }),
    );
    await Promise.all(lives);
  }

  #announceEngine(engine: EngineReport): void {
    this.record.setEngine(engine);
    this.record.addLog('info', `The learner runs on ${engine.device} (${engine.description}). ${engine.reason}`);
  }

  #take(report: LearnerReport, learnerIndex: number): void {
    this.record.addReport(report, learnerIndex);
    if (learnerIndex !== 0) return;
    if (report.isPaused && this.#state.status === 'pausing') this.#setState({ status: 'paused' });
    this.#policy.reached(report.frames);
  }

  async #finish(): Promise<RunSummary> {
    const stopped = this.#state.status === 'stopping';
    let final: Evaluation | null = null;
    if (!stopped) {
      this.#setState({ status: 'evaluating' });
      final = await this.#policy.evaluateInTheEnd();
    }
    this.#setState({ status: 'finished', stopped });
    return this.#summarise(final);
  }

  #summarise(final: Evaluation | null): RunSummary {
    const { record, hyperparameters: h } = this;
    return {
      env: h.env,
      algorithm: this.algorithm,
      device: record.engine!.device,
      seed: h.seed,
      frames: record.frames,
      seconds: record.seconds,
      framesPerSecond: record.seconds > 0 ? record.frames / record.seconds : 0,
      episodes: record.episodes.frames.length,
      updates: record.updates,
      bottleneck: bottleneckOf(recentLoad(record), h, navigator.hardwareConcurrency),
      evaluation: final && {
        episodes: final.episodes,
        mean: final.mean,
        std: final.std,
        min: final.min,
        max: final.max,
        iqm: final.iqm,
        iqmCi95: final.iqmCi95,
      },
      files: [],
    };
  }

  #watched<W extends Pick<SpawnedWorker<unknown>, 'terminate' | 'whenDead'>>(worker: W): W {
    this.#workers.add(worker);
    void worker.whenDead.then(() => this.#workers.delete(worker));
    return worker;
  }

  #nextOwner(): number {
    this.#owners += 1;
    return this.#owners;
  }

  #setPhase(phase: string): void {
    if (this.#state.status === 'starting') this.#setState({ status: 'starting', phase });
  }

  #setState(state: RunState): void {
    this.#state = state;
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

const withoutSharedMemory =
  'Training needs shared memory, which this page was served without. Send the headers ' +
  '"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"; ' +
  'docs/deploy.md shows how for common hosts.';

async function fetchWeights(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`The initial weights could not be fetched from ${url}: ${(error as Error).message}.`);
  }
}
