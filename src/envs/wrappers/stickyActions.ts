import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, Seed } from '../env.ts';
import { type Action, createActions, type ObservationArray } from '../spaces.ts';
import { EnvWrapper } from './envWrapper.ts';

/** Tells the stream of these draws from the environment's own, which they must not disturb. */
const STREAM = [0x57];

/**
 * With this probability in each step, lets the environment repeat the action it executed last in place of the one given
 * (Machado et al. 2018). The first action of an episode is always executed as given.
 */
export const stickActions = (env: Env, probability: number): Env => new StickyActions(env, probability);

class StickyActions extends EnvWrapper {
  private readonly random = new NumpyRandom(0, STREAM);
  private readonly probability: number;
  private hasLast = false;
  private last: Action;

  constructor(env: Env, probability: number) {
    super(env);
    this.probability = probability;
    const { actionSpace } = env.spec;
    this.last = actionSpace.kind === 'discrete' ? 0 : createActions(actionSpace);
  }

  override reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed, STREAM);
    this.hasLast = false;
    super.reset(out, at, seed);
  }

  override step(action: Action, out: ObservationArray, at: number): void {
    const repeats = this.random.random() < this.probability && this.hasLast;
    if (!repeats) this.remember(action);
    super.step(this.last, out, at);
  }

  /** Vectors are copied, since their memory is the caller's. */
  private remember(action: Action): void {
    this.hasLast = true;
    if (typeof action === 'number') this.last = action;
    else (this.last as Float32Array | Int32Array).set(action);
  }
}
