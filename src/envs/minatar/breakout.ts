/**
 * Breakout: a paddle keeps a ball in play that breaks the bricks of a wall, which is built again once it is gone.
 *
 * Observation [10, 10, 4]: where the paddle is, the ball, the cell the ball comes from, and the bricks.
 * Reward: 1 for each brick.
 * Start: the ball flies down from one side of the fourth row, by a coin.
 * End: terminated when the ball gets past the paddle.
 */
import type { RandomSource } from '../../math/numpyRandom.ts';
import type { ObservationArray } from '../spaces.ts';
import { CELLS, type Channel, clampToGrid, type GameKind, isOnGrid, type MinAtarGame, Move, SIZE } from './game.ts';

const channels = [
  { name: 'paddle', colour: 'primary', opacity: 1 },
  { name: 'ball', colour: 'line', opacity: 1 },
  { name: 'trail', colour: 'line', opacity: 0.3 },
  { name: 'brick', colour: 'secondary', opacity: 1 },
] as const satisfies readonly Channel[];

const PADDLE_ROW = SIZE - 1;
const WALL_START = SIZE;
const WALL_END = 4 * SIZE;

class Breakout implements MinAtarGame {
  reward = 0;
  isOver = false;
  readonly rampIndex = null;
  private paddle = 0;
  private ballX = 0;
  private ballY = 0;
  private trailX = 0;
  private trailY = 0;
  /** Direction of the ball in each axis, −1 or 1. */
  private directionX = 1;
  private directionY = 1;
  /** Whether a brick was broken and the ball has been in contact with bricks ever since: it breaks no other meanwhile. */
  private hasStruck = false;
  /** 1 where a brick is, by cell. */
  private readonly bricks = new Uint8Array(CELLS);

  reset(random: RandomSource): void {
    const startsOnTheRight = random.integers(0, 2) === 1;
    this.ballX = startsOnTheRight ? SIZE - 1 : 0;
    this.ballY = 3;
    this.directionX = startsOnTheRight ? -1 : 1;
    this.directionY = 1;
    this.trailX = this.ballX;
    this.trailY = this.ballY;
    this.paddle = 4;
    this.buildWall();
    this.hasStruck = false;
    this.reward = 0;
    this.isOver = false;
  }

  step(move: number): void {
    this.reward = 0;
    if (move === Move.left) this.paddle = clampToGrid(this.paddle - 1);
    if (move === Move.right) this.paddle = clampToGrid(this.paddle + 1);
    this.moveBall();
  }

  private moveBall(): void {
    this.trailX = this.ballX;
    this.trailY = this.ballY;
    let nextX = this.ballX + this.directionX;
    let nextY = this.ballY + this.directionY;
    if (!isOnGrid(nextX)) {
      nextX = clampToGrid(nextX);
      this.directionX = -this.directionX;
    }
    const cell = nextY * SIZE + nextX;
    let isInContact = false;
    if (nextY < 0) {
      nextY = 0;
      this.directionY = -this.directionY;
    } else if (this.bricks[cell] === 1) {
      isInContact = true;
      if (!this.hasStruck) {
        this.bricks[cell] = 0;
        this.hasStruck = true;
        this.reward += 1;
        nextY = this.ballY;
        this.directionY = -this.directionY;
      }
    } else if (nextY === PADDLE_ROW) {
      if (!this.bricks.includes(1)) this.buildWall();
      nextY = this.meetPaddle(nextX);
    }
    if (!isInContact) this.hasStruck = false;
    this.ballX = nextX;
    this.ballY = nextY;
  }

  /** Reflects the ball off the paddle, or ends the game. Returns the row the ball goes to. */
  private meetPaddle(nextX: number): number {
    const comesFromAbove = this.ballX === this.paddle;
    if (!comesFromAbove && nextX !== this.paddle) {
      this.isOver = true;
      return PADDLE_ROW;
    }
    this.directionY = -this.directionY;
    if (!comesFromAbove) this.directionX = -this.directionX;
    return this.ballY;
  }

  private buildWall(): void {
    this.bricks.fill(0).fill(1, WALL_START, WALL_END);
  }

  observe(out: ObservationArray, at: number): void {
    const depth = channels.length;
    out[at + (PADDLE_ROW * SIZE + this.paddle) * depth] = 1;
    out[at + (this.ballY * SIZE + this.ballX) * depth + 1] = 1;
    out[at + (this.trailY * SIZE + this.trailX) * depth + 2] = 1;
    for (let cell = WALL_START; cell < WALL_END; cell++) out[at + cell * depth + 3] = this.bricks[cell]!;
  }
}

export const breakout: GameKind = {
  name: 'Breakout',
  doc: 'Keep the ball in play and break the wall of bricks, a point for each brick.',
  channels,
  usefulMoves: [Move.none, Move.left, Move.right],
  create: () => new Breakout(),
};
