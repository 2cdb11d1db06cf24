/**
 * Keeps the actors of a run at work: starts each, gives back what a dead one held, starts another in its place, and gives up on one
 * that dies again and again without filling a rollout.
 */
import type { Progress } from '../rollout/Progress.ts';
import type { SlotTable } from '../rollout/SlotTable.ts';
import type { SpawnedWorker } from '../threads/spawnWorker.ts';
import type { ActorStatus, LogEntry } from './run.ts';

/** One life of one actor. */
export interface ActorLife {
  readonly actorIndex: number;
  /** This life's number in the slot table. */
  readonly owner: number;
  /** How often the actor has been restarted. */
  readonly generation: number;
  /** To be called with the worker as soon as it is spawned, so that it can be ended. */
  readonly begins: (worker: Pick<SpawnedWorker<unknown>, 'terminate' | 'whenDead'>) => void;
}

export interface CrewParts {
  readonly numActors: number;
  readonly numEnvsPerActor: number;
  /** A restarted actor cannot take part in a fixed schedule. */
  readonly lockstep: boolean;
  readonly slots: SlotTable;
  readonly progress: Progress;
  readonly nextOwner: () => number;
  /** Spawns an actor's worker and lets it play; resolves when the run has ended, rejects when the actor dies. */
  readonly live: (life: ActorLife) => Promise<void>;
  readonly onStatus: (statuses: readonly ActorStatus[]) => void;
  readonly onLog: (level: LogEntry['level'], message: string) => void;
  /** The run cannot go on: no actor is left, or lockstep lost one. */
  readonly onFailure: (reason: string) => void;
}

const maxFailuresInARow = 5;
const firstRestartDelayMs = 100;
/** A silent actor that could play is ended after this long. */
const silenceMs = 20_000;
const watchIntervalMs = 1000;

export class ActorCrew {
  readonly #parts: CrewParts;
  readonly #statuses: ActorStatus[];
  /** The workers alive, by the index of their actor. */
  readonly #lives = new Map<number, { readonly owner: number; readonly terminate: () => void }>();
  readonly #lastSteps: { steps: number; sinceMs: number }[];
  #isEnding = false;
  #kept: Promise<void>[] = [];
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(parts: CrewParts) {
    this.#parts = parts;
    this.#statuses = Array.from({ length: parts.numActors }, (_, index) => ({
      index,
      state: 'starting',
      envSteps: 0,
      rollouts: 0,
      restarts: 0,
    }));
    this.#lastSteps = this.#statuses.map(() => ({ steps: 0, sinceMs: performance.now() }));
  }

  start(): void {
    this.#kept = this.#statuses.map(({ index }) => this.#keepAlive(index));
    this.#watch = setInterval(() => this.#endSilentActors(), watchIntervalMs);
  }

  /** Brings the counts of all actors up to date. */
  refresh(numSteps: number): void {
    for (const [index, status] of this.#statuses.entries()) {
      const rollouts = this.#parts.progress.rolloutsFilled(index);
      const envSteps = this.#parts.progress.steps(index) * this.#parts.numEnvsPerActor;
      this.#statuses[index] = { ...status, rollouts, envSteps: Math.max(envSteps, rollouts * numSteps) };
    }
    this.#parts.onStatus([...this.#statuses]);
  }

  /** Ends every actor. Call after the slot table is closed: most then end by themselves. */
  async end(): Promise<void> {
    this.#isEnding = true;
    clearInterval(this.#watch);
    await Promise.race([Promise.all(this.#kept), delay(500)]);
    for (const life of this.#lives.values()) life.terminate();
    await Promise.all(this.#kept);
  }

  async #keepAlive(index: number): Promise<void> {
    const { progress, lockstep, onLog, onFailure } = this.#parts;
    let failuresInARow = 0;
    for (let generation = 0; !this.#isEnding; generation++) {
      const filledBefore = progress.rolloutsFilled(index);
      const reason = await this.#liveOnce(index, generation);
      if (this.#isEnding || reason === null) break;
      failuresInARow = progress.rolloutsFilled(index) > filledBefore ? 1 : failuresInARow + 1;
      if (lockstep) {
        this.#setStatus(index, { state: 'failed', reason });
        onFailure(`Actor ${index} died, and lockstep cannot replace it: ${reason}`);
        return;
      }
      if (failuresInARow >= maxFailuresInARow) {
        this.#setStatus(index, { state: 'failed', reason });
        onLog('error', `Actor ${index} died ${failuresInARow} times in a row and is given up: ${reason}`);
        if (this.#statuses.every(({ state }) => state === 'failed'))
          onFailure(`Every actor died. The last one: ${reason}`);
        return;
      }
      const waitMs = firstRestartDelayMs * 2 ** (failuresInARow - 1);
      this.#setStatus(index, { state: 'restarting', restarts: generation + 1, reason });
      onLog('warning', `Actor ${index} died and is started again: ${reason}`);
      await delay(waitMs);
    }
    this.#setStatus(index, { state: 'stopped' });
  }

  /** Returns null when the actor ended because the run did, else why it died. */
  async #liveOnce(index: number, generation: number): Promise<string | null> {
    const owner = this.#parts.nextOwner();
    let worker: Pick<SpawnedWorker<unknown>, 'terminate' | 'whenDead'> | undefined;
    const begins: ActorLife['begins'] = (spawned) => {
      worker = spawned;
      this.#lives.set(index, { owner, terminate: spawned.terminate });
      this.#setStatus(index, { state: 'running' });
    };
    try {
      await this.#parts.live({ actorIndex: index, owner, generation, begins });
      return null;
    } catch (error) {
      return (error as Error).message;
    } finally {
      worker?.terminate();
      await worker?.whenDead;
      this.#lives.delete(index);
      this.#parts.slots.sweep(owner);
    }
  }

  /** An actor that holds slots has nothing to wait for: if it makes no step, it hangs in its environment. */
  #endSilentActors(): void {
    const { progress, slots, onLog } = this.#parts;
    const now = performance.now();
    for (const [index, last] of this.#lastSteps.entries()) {
      const steps = progress.steps(index);
      const life = this.#lives.get(index);
      if (steps !== last.steps || !life || !slots.isFilling(life.owner)) {
        last.steps = steps;
        last.sinceMs = now;
      } else if (now - last.sinceMs > silenceMs) {
        onLog('warning', `Actor ${index} has made no step for ${Math.round(silenceMs / 1000)} s and is ended.`);
        last.sinceMs = now;
        life.terminate();
      }
    }
  }

  #setStatus(index: number, change: Partial<ActorStatus>): void {
    const { reason: _, ...rest } = this.#statuses[index]!;
    this.#statuses[index] = { ...rest, ...change };
    this.#parts.onStatus([...this.#statuses]);
  }
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
