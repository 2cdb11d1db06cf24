/**
 * Freeway: a chicken crosses eight lanes of traffic; a car it meets sends it back to the start.
 *
 * Observation [10, 10, 7]: where the chicken is, the cars, and behind each car a mark in one of five channels that tells
 * how many steps it takes to move.
 * Reward: 1 for each time across, after which the cars change speed.
 * Start: the chicken at the bottom, the cars at the left edge with random speeds.
 * End: terminated after 2501 steps.
 */
import type { RandomSource } from '../../math/numpyRandom.ts';
import type { ObservationArray } from '../spaces.ts';
import { type Channel, clampToGrid, type GameKind, type MinAtarGame, Move, SIZE } from './game.ts';

const channels = [
  { name: 'chicken', colour: 'primary', opacity: 1 },
  { name: 'car', colour: 'secondary', opacity: 1 },
  { name: 'speed1', colour: 'secondary', opacity: 0.55 },
  { name: 'speed2', colour: 'secondary', opacity: 0.45 },
  { name: 'speed3', colour: 'secondary', opacity: 0.35 },
  { name: 'speed4', colour: 'secondary', opacity: 0.25 },
  { name: 'speed5', colour: 'secondary', opacity: 0.15 },
] as const satisfies readonly Channel[];

const CHICKEN_COLUMN = 4;
const CHICKEN_DELAY = 3;
const START_ROW = SIZE - 1;
const TIME_LIMIT = 2500;
/** Car i drives in row i + 1. */
const CARS = 8;

class Freeway implements MinAtarGame {
  reward = 0;
  isOver = false;
  readonly rampIndex = null;
  private chicken = START_ROW;
  private moveTimer = 0;
  private timeLeft = 0;
  private readonly columns = new Int8Array(CARS);
  private readonly timers = new Int8Array(CARS);
  /** Steps between two moves of a car; the larger, the slower. */
  private readonly delays = new Int8Array(CARS);
  /** −1 or 1. */
  private readonly directions = new Int8Array(CARS);

  reset(random: RandomSource): void {
    this.randomiseCars(random);
    this.columns.fill(0);
    this.chicken = START_ROW;
    this.moveTimer = CHICKEN_DELAY;
    this.timeLeft = TIME_LIMIT;
    this.reward = 0;
    this.isOver = false;
  }

  step(move: number, random: RandomSource): void {
    this.reward = 0;
    this.moveChicken(move);
    if (this.chicken === 0) {
      this.reward += 1;
      this.randomiseCars(random);
      this.chicken = START_ROW;
    }
    for (let car = 0; car < CARS; car++) this.moveCar(car);
    if (this.moveTimer > 0) this.moveTimer -= 1;
    this.timeLeft -= 1;
    if (this.timeLeft < 0) this.isOver = true;
  }

  private moveChicken(move: number): void {
    if (this.moveTimer > 0 || (move !== Move.up && move !== Move.down)) return;
    this.chicken = clampToGrid(this.chicken + (move === Move.up ? -1 : 1));
    this.moveTimer = CHICKEN_DELAY;
  }

  private moveCar(car: number): void {
    this.runOver(car);
    if (this.timers[car]! > 0) {
      this.timers[car]! -= 1;
      return;
    }
    this.timers[car] = this.delays[car]!;
    this.columns[car] = (this.columns[car]! + this.directions[car]! + SIZE) % SIZE;
    this.runOver(car);
  }

  private runOver(car: number): void {
    if (this.columns[car] === CHICKEN_COLUMN && this.chicken === car + 1) this.chicken = START_ROW;
  }

  private randomiseCars(random: RandomSource): void {
    for (let car = 0; car < CARS; car++) this.delays[car] = random.integers(1, 6);
    for (let car = 0; car < CARS; car++) this.directions[car] = random.random() > 0.5 ? 1 : -1;
    this.timers.set(this.delays);
  }

  observe(out: ObservationArray, at: number): void {
    const depth = channels.length;
    out[at + (this.chicken * SIZE + CHICKEN_COLUMN) * depth] = 1;
    for (let car = 0; car < CARS; car++) {
      const rowStart = (car + 1) * SIZE;
      const x = this.columns[car]!;
      const behind = (x - this.directions[car]! + SIZE) % SIZE;
      out[at + (rowStart + x) * depth + 1] = 1;
      out[at + (rowStart + behind) * depth + 1 + this.delays[car]!] = 1;
    }
  }
}

export const freeway: GameKind = {
  name: 'Freeway',
  doc: 'Cross the road as often as you can before time is up, a point each time; cars send you back.',
  channels,
  usefulMoves: [Move.none, Move.up, Move.down],
  create: () => new Freeway(),
};
