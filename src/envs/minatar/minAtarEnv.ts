import { NumpyRandom, type RandomSource } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';
import { CELLS, type GameKind, type MinAtarGame, Move, moveNames, SIZE } from './game.ts';

/** What the layer around a game decides. */
export interface MinAtarRules {
  readonly id: string;
  /** Which of the six moves each action makes. */
  readonly moves: readonly number[];
  /** Probability that a step repeats the move executed last, whatever the action (Machado et al. 2018). */
  readonly stickyProbability: number;
  /** Whether the games that can become harder do. */
  readonly isRamping: boolean;
  readonly maxEpisodeSteps: number;
}

export const minAtarSpec = (kind: GameKind, rules: MinAtarRules): EnvSpec => ({
  id: rules.id,
  doc: kind.doc,
  observationSpace: {
    kind: 'box',
    shape: [SIZE, SIZE, kind.channels.length],
    dtype: 'uint8',
    low: [0],
    high: [1],
  },
  actionSpace: { kind: 'discrete', n: rules.moves.length, names: rules.moves.map((move) => moveNames[move]!) },
  maxEpisodeSteps: rules.maxEpisodeSteps,
  rewardThreshold: null,
  framesPerSecond: 10,
});

/** A MinAtar game as an environment. The sticky draw and the game's own draws come from one stream, in this order. */
export class MinAtarEnv implements Env<number> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  /** The move executed last; kept from episode to episode, as in the original, until a seed is given. */
  lastMove: number = Move.none;
  readonly game: MinAtarGame;
  private readonly rules: MinAtarRules;
  private readonly random: RandomSource;
  private readonly depth: number;
  /** Memory for the bits that a snapshot is made of. */
  private readonly bits: Uint8Array;

  constructor(kind: GameKind, rules: MinAtarRules, random: RandomSource = new NumpyRandom(0)) {
    this.spec = minAtarSpec(kind, rules);
    this.game = kind.create(rules.isRamping);
    this.rules = rules;
    this.random = random;
    this.depth = kind.channels.length;
    this.bits = new Uint8Array(CELLS * this.depth);
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) {
      this.random.seed(seed);
      this.lastMove = Move.none;
    }
    this.game.reset(this.random);
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  /** After the end of an episode, steps change nothing and pay nothing. */
  step(action: number, out: ObservationArray, at: number): void {
    const { game, random, rules } = this;
    const isSticky = random.random() < rules.stickyProbability;
    if (!isSticky) this.lastMove = rules.moves[action]!;
    if (this.terminated) {
      this.reward = 0;
    } else {
      game.step(this.lastMove, random);
      this.reward = game.reward;
      this.terminated = game.isOver;
    }
    this.observe(out, at);
  }

  /** By cell, row after row: the uppermost channel whose bit is set, or −1. */
  snapshot(out: Float64Array): void {
    const { bits, depth } = this;
    this.observe(bits, 0);
    for (let cell = 0; cell < CELLS; cell++) {
      let channel = depth - 1;
      while (channel >= 0 && bits[cell * depth + channel] === 0) channel -= 1;
      out[cell] = channel;
    }
  }

  private observe(out: ObservationArray, at: number): void {
    out.fill(0, at, at + CELLS * this.depth);
    this.game.observe(out, at);
  }
}
