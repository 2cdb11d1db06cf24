/** An environment played by chance or by a person, to be looked at. Training never uses it. */
import type { Env, EnvDefinition } from '../../envs/env.ts';
import { type Action, actionSize, boundAt, sizeOf } from '../../envs/spaces.ts';

export class RandomPlay {
  readonly #definition: EnvDefinition;
  readonly #env: Env;
  readonly #observation: Float32Array | Uint8Array;
  readonly #snapshot: Float64Array;
  #random: number;
  #seed: number;
  episodeReturn = 0;
  episodeLength = 0;
  /** Whether the episode on show has come to its end; the next step begins another. */
  hasEnded = false;

  constructor(definition: EnvDefinition, seed: number) {
    this.#definition = definition;
    this.#env = definition.create();
    const space = definition.spec.observationSpace;
    this.#observation = space.dtype === 'uint8' ? new Uint8Array(sizeOf(space)) : new Float32Array(sizeOf(space));
    this.#snapshot = new Float64Array(definition.snapshotSize);
    this.#seed = seed;
    this.#random = (seed * 2654435761 + 1) >>> 0;
    this.#env.reset(this.#observation, 0, seed);
  }

  /** One step; without an action, one that is drawn. */
  step(action: Action = this.#draw()): void {
    if (this.hasEnded) {
      this.#env.reset(this.#observation, 0, ++this.#seed);
      this.episodeReturn = this.episodeLength = 0;
      this.hasEnded = false;
      return;
    }
    this.#env.step(action, this.#observation, 0);
    this.episodeReturn += this.#env.reward;
    this.episodeLength++;
    this.hasEnded = this.#env.terminated || this.episodeLength >= this.#definition.spec.maxEpisodeSteps;
  }

  snapshot(): Float64Array {
    this.#env.snapshot(this.#snapshot);
    return this.#snapshot;
  }

  #draw(): Action {
    const space = this.#definition.spec.actionSpace;
    if (space.kind === 'discrete') return Math.floor(this.#uniform() * space.n);
    if (space.kind !== 'box') {
      const options = (i: number) => (space.kind === 'multiDiscrete' ? space.nvec[i]! : 2);
      return Int32Array.from({ length: actionSize(space) }, (_, i) => Math.floor(this.#uniform() * options(i)));
    }
    return Float32Array.from({ length: actionSize(space) }, (_, i) => {
      const low = Math.max(-1, boundAt(space.low, i));
      return low + this.#uniform() * (Math.min(1, boundAt(space.high, i)) - low);
    });
  }

  /** Marsaglia's xorshift: enough for a picture. */
  #uniform(): number {
    let x = this.#random || 1;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#random = x >>> 0;
    return this.#random / 2 ** 32;
  }
}

/** Mean return of a few random episodes: as many as fit into so many steps, at least one. */
export function meanRandomReturn(definition: EnvDefinition, episodes = 10, maxSteps = 20_000): number {
  const play = new RandomPlay(definition, 1);
  let [sum, count] = [0, 0];
  for (let steps = 0; count < episodes && (steps < maxSteps || count === 0); steps++) {
    play.step();
    if (!play.hasEnded) continue;
    sum += play.episodeReturn;
    count += 1;
  }
  return sum / count;
}
