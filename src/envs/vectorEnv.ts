/**
 * Steps many environments for an actor, straight into the memory of its rollouts. It owns the time limit and the
 * same-step autoreset: the observation after the end of an episode is the first one of the next.
 *
 * `bind` and `step` allocate nothing. All environments are of one task: with several classes in one call site V8 gives up
 * on inlining, which costs ten times as much a step.
 */
import { clipToBox } from './clipToBox.ts';
import type { Env, Seed } from './env.ts';
import { Episode } from './episode.ts';
import { type ActionSpace, createActions, createArray, type ObservationArray, sizeOf } from './spaces.ts';

/** The rows of one rollout that environments read and write: views over one storage slot, made once. */
export interface EnvRollout {
  /** [T + 1, …observation] */
  readonly observation: ObservationArray;
  /** [T, …action] */
  readonly action: Int32Array | Float32Array;
  /** [T], raw */
  readonly reward: Float32Array;
  /** [T] */
  readonly terminated: Uint8Array;
  /** [T] */
  readonly truncated: Uint8Array;
  /** [T + 1], 1 where row t begins an episode */
  readonly isFirst: Uint8Array;
  /** [T], of the episode that ends at t, else NaN */
  readonly episodeReturn: Float32Array;
  /** [T], of the episode that ends at t, else 0 */
  readonly episodeLength: Int32Array;
}

/** One environment with what it needs from step to step. */
interface Lane {
  readonly env: Env;
  readonly episode: Episode;
  /** Memory for an action that is a vector; null for Discrete, whose actions are numbers. */
  readonly vectorAction: Float32Array | Int32Array | null;
  /**
   * Row T of the bound rollout, kept here because its slot may already belong to somebody else when the next one is
   * bound.
   */
  readonly lastObservation: ObservationArray;
  lastIsFirst: number;
}

export class VectorEnv {
  /** [E, …observation]: row e is the true last observation where the present step truncated env e; else of no meaning. */
  readonly finalObservation: ObservationArray;
  private readonly lanes: readonly Lane[];
  private readonly seeds: readonly Seed[];
  private readonly actionSpace: ActionSpace;
  private readonly observationSize: number;
  private rollouts: readonly EnvRollout[] = [];
  /** Rows of the bound rollouts that have been stepped, or −1 before the first `bind`. */
  private rowsDone = -1;

  /** @param seeds env e's first reset uses seeds[e]; later ones continue its generator */
  constructor(envs: readonly Env[], seeds: readonly Seed[]) {
    if (envs.length === 0 || envs.length !== seeds.length) {
      throw new Error(
        `VectorEnv needs at least one environment and a seed for each: ${envs.length} and ${seeds.length}.`,
      );
    }
    const { id, observationSpace, actionSpace } = envs[0]!.spec;
    const stranger = envs.find(({ spec }) => spec.id !== id);
    if (stranger) throw new Error(`VectorEnv runs one task, not both ${id} and ${stranger.spec.id}.`);
    const vectorAction = () => (actionSpace.kind === 'discrete' ? null : createActions(actionSpace));
    this.lanes = envs.map((env) => ({
      env,
      episode: new Episode(env.spec.maxEpisodeSteps),
      vectorAction: vectorAction(),
      lastObservation: createArray(observationSpace),
      lastIsFirst: 0,
    }));
    this.seeds = seeds;
    this.actionSpace = actionSpace;
    this.observationSize = sizeOf(observationSpace);
    this.finalObservation = createArray(observationSpace, envs.length);
  }

  /**
   * Takes the rollouts to fill next, one per env. The first call resets all envs into row 0; in later ones row T of the
   * rollouts before, which must be full, becomes row 0 of these.
   */
  bind(rollouts: readonly EnvRollout[]): void {
    if (rollouts.length !== this.lanes.length) {
      throw new Error(`${this.lanes.length} environments need as many rollouts, not ${rollouts.length}.`);
    }
    if (this.rowsDone === -1) this.resetInto(rollouts);
    else this.continueInto(rollouts);
    this.rollouts = rollouts;
    this.rowsDone = 0;
  }

  private resetInto(rollouts: readonly EnvRollout[]): void {
    for (let e = 0; e < rollouts.length; e++) {
      this.lanes[e]!.env.reset(rollouts[e]!.observation, 0, this.seeds[e]!);
      rollouts[e]!.isFirst[0] = 1;
    }
  }

  private continueInto(rollouts: readonly EnvRollout[]): void {
    const T = this.rollouts[0]!.reward.length;
    const { rowsDone } = this;
    if (rowsDone !== T) throw new Error(`The bound rollouts are not full: ${rowsDone} of ${T} rows are stepped.`);
    for (let e = 0; e < rollouts.length; e++) {
      const lane = this.lanes[e]!;
      rollouts[e]!.observation.set(lane.lastObservation, 0);
      rollouts[e]!.isFirst[0] = lane.lastIsFirst;
    }
  }

  /**
   * Steps every env with its action of row t. Writes `reward`, `terminated`, `truncated`, `episodeReturn` and
   * `episodeLength` of row t, and `observation` and `isFirst` of row t + 1.
   */
  step(t: number): void {
    for (let e = 0; e < this.lanes.length; e++) this.stepLane(e, t);
    this.rowsDone = t + 1;
    if (this.rowsDone === this.rollouts[0]!.reward.length) this.keepLastRow();
  }

  private stepLane(e: number, t: number): void {
    const { env, episode, vectorAction } = this.lanes[e]!;
    const rollout = this.rollouts[e]!;
    const nextRow = (t + 1) * this.observationSize;
    const action = vectorAction === null ? rollout.action[t]! : this.readAction(rollout.action, t, vectorAction);

    // A step that time cuts off writes its observation where the bootstrap value is taken from.
    if (episode.isLastStep) env.step(action, this.finalObservation, e * this.observationSize);
    else env.step(action, rollout.observation, nextRow);

    const { reward, terminated } = env;
    const truncated = episode.count(reward);
    const hasEnded = terminated || truncated;
    rollout.reward[t] = reward;
    rollout.terminated[t] = terminated ? 1 : 0;
    rollout.truncated[t] = truncated ? 1 : 0;
    rollout.isFirst[t + 1] = hasEnded ? 1 : 0;
    rollout.episodeReturn[t] = hasEnded ? episode.return : Number.NaN;
    rollout.episodeLength[t] = hasEnded ? episode.length : 0;
    if (hasEnded) {
      env.reset(rollout.observation, nextRow);
      episode.begin();
    }
  }

  /** Row t of [T, …action] as the environment gets it: limited to the bounds of a Box. */
  private readAction<Vector extends Float32Array | Int32Array>(
    rows: Int32Array | Float32Array,
    t: number,
    action: Vector,
  ): Vector {
    const at = t * action.length;
    if (this.actionSpace.kind === 'box') clipToBox(rows, at, this.actionSpace, action);
    else for (let i = 0; i < action.length; i++) action[i] = rows[at + i]!;
    return action;
  }

  private keepLastRow(): void {
    const T = this.rowsDone;
    const start = T * this.observationSize;
    for (let e = 0; e < this.lanes.length; e++) {
      const lane = this.lanes[e]!;
      const { lastObservation } = lane;
      const { observation, isFirst } = this.rollouts[e]!;
      for (let i = 0; i < lastObservation.length; i++) lastObservation[i] = observation[start + i]!;
      lane.lastIsFirst = isFirst[T]!;
    }
  }
}
