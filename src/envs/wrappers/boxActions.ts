/** Wrappers that change the actions of a Box on their way to the environment. */
import type { Env } from '../env.ts';
import { type Action, type Box, boundAt, type ObservationArray, sizeOf } from '../spaces.ts';
import { EnvWrapper } from './envWrapper.ts';

/** Limits every element of an action to the bounds of the environment's action space. */
export function clipAction(env: Env): Env {
  const { low, high } = boxOf(env);
  return new BoxActions(env, {}, (element, i) => Math.max(boundAt(low, i), Math.min(boundAt(high, i), element)));
}

/** Takes actions in [low, high] in every element and stretches them to the bounds of the environment's action space. */
export function rescaleAction(env: Env, low: number, high: number): Env {
  const box = boxOf(env);
  if (!box.low.every(Number.isFinite) || !box.high.every(Number.isFinite)) {
    throw new Error(`The actions of ${env.spec.id} have no finite bounds to rescale to.`);
  }
  const stretch = (element: number, i: number) => {
    const share = (element - low) / (high - low);
    return boundAt(box.low, i) + share * (boundAt(box.high, i) - boundAt(box.low, i));
  };
  return new BoxActions(env, { actionSpace: { ...box, low: [low], high: [high] } }, stretch);
}

function boxOf(env: Env): Box {
  const { actionSpace, id } = env.spec;
  if (actionSpace.kind !== 'box') throw new Error(`The actions of ${id} are choices, not vectors.`);
  return actionSpace;
}

class BoxActions extends EnvWrapper {
  private readonly changed: Float32Array;
  private readonly change: (element: number, index: number) => number;

  constructor(
    env: Env,
    changes: ConstructorParameters<typeof EnvWrapper>[1],
    change: (element: number, index: number) => number,
  ) {
    super(env, changes);
    this.changed = new Float32Array(sizeOf(boxOf(env)));
    this.change = change;
  }

  override step(action: Action, out: ObservationArray, at: number): void {
    const { changed } = this;
    for (let i = 0; i < changed.length; i++) changed[i] = this.change((action as Float32Array)[i]!, i);
    super.step(changed, out, at);
  }
}
