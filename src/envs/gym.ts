/**
 * The face that everybody knows: Gymnasium's `reset` and `step` over an environment, for people, examples and tests.
 * It allocates and checks on every call; actors run `VectorEnv`. It does not reset by itself.
 */
import type { Canvas2D, Palette } from './canvas.ts';
import type { Env, EnvDefinition, Seed } from './env.ts';
import { Episode } from './episode.ts';
import {
  type Action,
  type ActionSpace,
  actionSize,
  createArray,
  type ObservationArray,
  type ObservationSpace,
} from './spaces.ts';

export interface Info {
  /** Return and length of the episode, in the step that ends it. */
  readonly episode?: { readonly r: number; readonly l: number };
}

export interface GymEnv {
  readonly observationSpace: ObservationSpace;
  readonly actionSpace: ActionSpace;
  /** Begins an episode. Without a seed the random numbers go on where they were. */
  reset(options?: { readonly seed?: Seed }): [observation: ObservationArray, info: Info];
  /** Throws when there is no running episode or the action is not one of the space. */
  step(
    action: Action,
  ): [observation: ObservationArray, reward: number, terminated: boolean, truncated: boolean, info: Info];
  /** Draws the present state to fill `width` × `height`. */
  render(context: Canvas2D, width: number, height: number, palette: Palette): void;
}

/** @param env one made by hand, with options say; else the definition makes one */
export function asGym(definition: EnvDefinition, env: Env = definition.create()): GymEnv {
  const { id, observationSpace, actionSpace, maxEpisodeSteps } = env.spec;
  const episode = new Episode(maxEpisodeSteps);
  const snapshot = new Float64Array(definition.snapshotSize);
  let whatIsMissing = `${id} has no episode to step in yet: call reset() first.`;

  return {
    observationSpace,
    actionSpace,

    reset({ seed } = {}) {
      const observation = createArray(observationSpace);
      env.reset(observation, 0, seed);
      episode.begin();
      whatIsMissing = '';
      return [observation, {}];
    },

    step(action) {
      if (whatIsMissing) throw new Error(whatIsMissing);
      checkAction(id, action, actionSpace);
      const observation = createArray(observationSpace);
      env.step(action, observation, 0);
      const { reward, terminated } = env;
      const truncated = episode.count(reward);
      if (!terminated && !truncated) return [observation, reward, terminated, truncated, {}];
      whatIsMissing = `The episode of ${id} ended after ${episode.length} steps: call reset() before the next step.`;
      return [observation, reward, terminated, truncated, { episode: { r: episode.return, l: episode.length } }];
    },

    render(context, width, height, palette) {
      env.snapshot(snapshot);
      definition.draw(context, snapshot, width, height, palette);
    },
  };
}

/** Only the form is checked: values outside a box are for the environment to clip. */
function checkAction(id: string, action: Action, space: ActionSpace): void {
  if (space.kind === 'discrete') {
    if (typeof action === 'number' && Number.isInteger(action) && action >= 0 && action < space.n) return;
    throw new Error(`${id} takes the actions 0 … ${space.n - 1}, not ${action}.`);
  }
  const length = actionSize(space);
  const isVector = typeof action !== 'number' && action.length === length;
  if (space.kind === 'box') {
    if (isVector && action.every(Number.isFinite)) return;
    throw new Error(`${id} takes actions of ${length} finite numbers, not ${action}.`);
  }
  const options = (i: number) => (space.kind === 'multiDiscrete' ? space.nvec[i]! : 2);
  if (isVector && action.every((choice, i) => Number.isInteger(choice) && choice >= 0 && choice < options(i))) return;
  throw new Error(`${id} takes actions of ${length} whole numbers, each within its choices, not ${action}.`);
}
