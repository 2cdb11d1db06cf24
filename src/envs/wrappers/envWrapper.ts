import type { Env, EnvSpec, Seed } from '../env.ts';
import type { Action, ObservationArray } from '../spaces.ts';

/** Passes everything through to another environment. Wrappers override what they change. */
export class EnvWrapper<A extends Action = Action> implements Env<A> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  protected readonly env: Env<A>;

  /** @param changes what the wrapper makes different about the environment */
  constructor(env: Env<A>, changes: Partial<EnvSpec> = {}) {
    this.env = env;
    this.spec = { ...env.spec, ...changes };
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    this.env.reset(out, at, seed);
    this.adoptOutcome();
  }

  step(action: A, out: ObservationArray, at: number): void {
    this.env.step(action, out, at);
    this.adoptOutcome();
  }

  snapshot(out: Float64Array): void {
    this.env.snapshot(out);
  }

  protected adoptOutcome(): void {
    this.reward = this.env.reward;
    this.terminated = this.env.terminated;
  }
}
