import type { Env, Seed } from '../env.ts';
import { type Action, boundAt, createArray, type ObservationArray } from '../spaces.ts';
import { EnvWrapper } from './envWrapper.ts';

/** Shows only these elements of a vector observation, in this order: a task with part of its state hidden. */
export const maskObservation = (env: Env, visible: readonly number[]): Env => new ObservationMask(env, visible);

class ObservationMask extends EnvWrapper {
  private readonly whole: ObservationArray;
  private readonly visible: readonly number[];

  constructor(env: Env, visible: readonly number[]) {
    const space = env.spec.observationSpace;
    if (space.shape.length !== 1) throw new Error(`The observation of ${env.spec.id} is not a vector to choose from.`);
    const chosen = (bounds: readonly number[]) => visible.map((index) => boundAt(bounds, index));
    super(env, {
      observationSpace: { ...space, shape: [visible.length], low: chosen(space.low), high: chosen(space.high) },
    });
    this.whole = createArray(space);
    this.visible = visible;
  }

  override reset(out: ObservationArray, at: number, seed?: Seed): void {
    super.reset(this.whole, 0, seed);
    this.observe(out, at);
  }

  override step(action: Action, out: ObservationArray, at: number): void {
    super.step(action, this.whole, 0);
    this.observe(out, at);
  }

  private observe(out: ObservationArray, at: number): void {
    for (let i = 0; i < this.visible.length; i++) out[at + i] = this.whole[this.visible[i]!]!;
  }
}
