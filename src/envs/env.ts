/**
 * The contract every environment keeps. Authors write this allocation-free form; `asGym` gives people and tests the
 * five values of Gymnasium over it, and `VectorEnv` runs many of them for an actor.
 */
import type { Canvas2D, Palette } from './canvas.ts';
import type { Action, ActionSpace, ObservationArray, ObservationSpace } from './spaces.ts';

/** A non-negative integer, as Gymnasium takes it. */
export type Seed = number;

/** Everything about an environment that is known before one is made. Plain data. */
export interface EnvSpec {
  /** Gymnasium's id where Gymnasium has the task: `CartPole-v1`. */
  readonly id: string;
  /** One sentence: what the agent does and what it is paid for. */
  readonly doc: string;
  readonly observationSpace: ObservationSpace;
  readonly actionSpace: ActionSpace;
  /** Steps after which the episode is truncated. */
  readonly maxEpisodeSteps: number;
  /** Mean return from which the task counts as solved, or null where nobody has set one. */
  readonly rewardThreshold: number | null;
  /** Steps a second at which a person watches it. */
  readonly framesPerSecond: number;
}

export interface Env<A extends Action = Action> {
  readonly spec: EnvSpec;
  /** Begins an episode and writes its first observation at `out[at…]`. With a seed, exactly the episode Gymnasium begins. */
  reset(out: ObservationArray, at: number, seed?: Seed): void;
  /** Makes one step and writes the observation at `out[at…]`; then read `reward` and `terminated`. */
  step(action: A, out: ObservationArray, at: number): void;
  reward: number;
  terminated: boolean;
  /** Writes the few numbers `draw` needs of the present state. Called for the live view only. */
  snapshot(out: Float64Array): void;
}

/** An entry of the registry: how to make an environment and how to draw one. Holds functions, so it stays in its thread. */
export interface EnvDefinition {
  readonly spec: EnvSpec;
  readonly create: () => Env;
  /** Length of what `snapshot` writes. */
  readonly snapshotSize: number;
  /** Width over height of the picture. */
  readonly aspectRatio: number;
  /** Draws one snapshot to fill `width` × `height`. Pure: the same arguments give the same picture. */
  readonly draw: (context: Canvas2D, snapshot: Float64Array, width: number, height: number, palette: Palette) => void;
}
