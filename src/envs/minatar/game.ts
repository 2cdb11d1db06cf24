/**
 * What the five MinAtar games share: a grid of 10 × 10 cells with a few channels of bits, and six actions. The games
 * are those of Young and Tian 2019 as MinAtar 1.0.15 plays them, written from a description of their rules.
 */
import type { RandomSource } from '../../math/numpyRandom.ts';
import type { Palette } from '../canvas.ts';
import type { ObservationArray } from '../spaces.ts';

/** Rows and columns of the grid; x is the column from the left, y the row from the top. */
export const SIZE = 10;
export const CELLS = SIZE * SIZE;

/** The six actions of every game. One that a game has no use for lets a step pass. */
export const Move = { none: 0, left: 1, up: 2, right: 3, down: 4, fire: 5 } as const;
export const moveNames = ['none', 'left', 'up', 'right', 'down', 'fire'] as const;

/** One kind of thing in a cell, and how a picture shows it. */
export interface Channel {
  readonly name: string;
  readonly colour: keyof Palette;
  /** How opaque it is; trails are faint. */
  readonly opacity: number;
}

export interface MinAtarGame {
  readonly reward: number;
  /** Whether the game is over. A step that ends it is still carried out to its end. */
  readonly isOver: boolean;
  /** How often the game has become harder; null where it never does. */
  readonly rampIndex: number | null;
  reset(random: RandomSource): void;
  /** Not to be called once the game is over. */
  step(move: number, random: RandomSource): void;
  /** Sets the bits of the present state in zeroed memory: [10, 10, channels], the channel fastest. */
  observe(out: ObservationArray, at: number): void;
}

/** A game as a kind of thing, before one is played. */
export interface GameKind {
  readonly name: string;
  readonly doc: string;
  readonly channels: readonly Channel[];
  /** The moves that the game has a use for, in the order of the minimal action set. */
  readonly usefulMoves: readonly number[];
  readonly create: (isRamping: boolean) => MinAtarGame;
}

export const clampToGrid = (coordinate: number): number => Math.max(0, Math.min(SIZE - 1, coordinate));

export const isOnGrid = (coordinate: number): boolean => coordinate >= 0 && coordinate < SIZE;
