/**
 * PixelPong: two paddles and a ball, seen as pixels. It stands where Atari games stand elsewhere: the same kind of
 * observation for the same kind of network, but a game of our own.
 *
 * Observation (before frames are stacked) [84, 84, 1]: brightness 0 … 255, the opponent on the left.
 * Action: stay, up, down.
 * Reward: 1 for a point won, −1 for a point lost.
 * Start: a serve from the middle, in a random direction.
 * End: terminated when either side has 5 points; truncated after 3000 steps.
 *
 * A paddle returns the ball the steeper, the further from its middle it is hit, and each return is a little faster. The
 * opponent follows the ball, but slowly, and aims differently in each rally: steep returns get past it.
 */
import { NumpyRandom } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';

/** Lengths are pixels, speeds pixels a step. y points down, as in the picture. */
export const COURT = 84;
export const PADDLE_HEIGHT = 12;
export const PADDLE_WIDTH = 2;
export const BALL_SIZE = 2;
/** Left edges of the paddles. */
export const OPPONENT_X = 4;
export const PLAYER_X = COURT - 4 - PADDLE_WIDTH;
export const WINNING_SCORE = 5;

const PLAYER_SPEED = 2;
const OPPONENT_SPEED = 1.1;
const SERVE_SPEED = 2;
const SPEED_GAIN = 1.06;
const MAX_SPEED = 3.5;
const STEEPEST_ANGLE = Math.PI / 3;
const STEEPEST_SERVE = Math.PI / 6;
const LARGEST_MISAIM = 5;

const PADDLE_BRIGHTNESS = 170;
const BALL_BRIGHTNESS = 255;

const LOWEST_PADDLE = COURT - PADDLE_HEIGHT;
const LOWEST_BALL = COURT - BALL_SIZE;
/** Where the ball's left edge is when it touches a paddle. */
const OPPONENT_PLANE = OPPONENT_X + PADDLE_WIDTH;
const PLAYER_PLANE = PLAYER_X - BALL_SIZE;

export const pixelPongFrameSpec: EnvSpec = {
  id: 'PixelPongFrame-v0',
  doc: 'Return the ball past a slow opponent, seen as pixels; a point won pays 1, a point lost costs 1.',
  observationSpace: { kind: 'box', shape: [COURT, COURT, 1], dtype: 'uint8', low: [0], high: [255] },
  actionSpace: { kind: 'discrete', n: 3, names: ['stay', 'up', 'down'] },
  maxEpisodeSteps: 3000,
  rewardThreshold: null,
  framesPerSecond: 30,
};

/** The game with one frame as its observation, from which nobody can tell where the ball goes. */
export class PixelPong implements Env<number> {
  readonly spec = pixelPongFrameSpec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  /** Upper edges of the paddles. */
  private playerY = 0;
  private opponentY = 0;
  /** Upper left corner of the ball, and its velocity. */
  private ballX = 0;
  private ballY = 0;
  private velocityX = 0;
  private velocityY = 0;
  /** How far from the middle of its paddle the opponent means to hit the ball in this rally. */
  private misaim = 0;
  private playerScore = 0;
  private opponentScore = 0;

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.playerY = LOWEST_PADDLE / 2;
    this.opponentY = LOWEST_PADDLE / 2;
    this.playerScore = 0;
    this.opponentScore = 0;
    this.serve(this.random.integers(0, 2) === 0 ? -1 : 1);
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    this.reward = 0;
    this.movePlayer(action);
    this.moveOpponent();
    this.moveBall();
    if (this.ballX <= -BALL_SIZE) this.score(1);
    else if (this.ballX >= COURT) this.score(-1);
    this.terminated = this.playerScore === WINNING_SCORE || this.opponentScore === WINNING_SCORE;
    this.observe(out, at);
  }

  /** Upper edges of the opponent's and the player's paddle, left and upper edge of the ball, both scores. */
  snapshot(out: Float64Array): void {
    out[0] = this.opponentY;
    out[1] = this.playerY;
    out[2] = this.ballX;
    out[3] = this.ballY;
    out[4] = this.opponentScore;
    out[5] = this.playerScore;
  }

  /** @param side 1 towards the player, −1 towards the opponent */
  private serve(side: number): void {
    this.ballX = LOWEST_BALL / 2;
    this.ballY = this.random.uniform(LOWEST_BALL / 4, (3 * LOWEST_BALL) / 4);
    const angle = this.random.uniform(-STEEPEST_SERVE, STEEPEST_SERVE);
    this.velocityX = side * SERVE_SPEED * Math.cos(angle);
    this.velocityY = SERVE_SPEED * Math.sin(angle);
    this.misaim = this.random.uniform(-LARGEST_MISAIM, LARGEST_MISAIM);
  }

  private movePlayer(action: number): void {
    const direction = action === 1 ? -1 : action === 2 ? 1 : 0;
    this.playerY = clamp(this.playerY + direction * PLAYER_SPEED, 0, LOWEST_PADDLE);
  }

  /** Follows the ball while it comes, and waits otherwise. */
  private moveOpponent(): void {
    if (this.velocityX > 0) return;
    const target = this.ballY + BALL_SIZE / 2 - PADDLE_HEIGHT / 2 + this.misaim;
    const distance = clamp(target - this.opponentY, -OPPONENT_SPEED, OPPONENT_SPEED);
    this.opponentY = clamp(this.opponentY + distance, 0, LOWEST_PADDLE);
  }

  private moveBall(): void {
    const fromX = this.ballX;
    this.ballX += this.velocityX;
    this.ballY += this.velocityY;
    if (this.ballY < 0 || this.ballY > LOWEST_BALL) {
      this.ballY = this.ballY < 0 ? -this.ballY : 2 * LOWEST_BALL - this.ballY;
      this.velocityY = -this.velocityY;
    }
    if (fromX < PLAYER_PLANE && this.ballX >= PLAYER_PLANE) this.meetPaddle(this.playerY, PLAYER_PLANE, -1);
    else if (fromX > OPPONENT_PLANE && this.ballX <= OPPONENT_PLANE) this.meetPaddle(this.opponentY, OPPONENT_PLANE, 1);
  }

  /** Returns the ball in `direction` if the paddle is there; else it flies on. */
  private meetPaddle(paddleY: number, plane: number, direction: number): void {
    const reach = (PADDLE_HEIGHT + BALL_SIZE) / 2;
    const offset = (this.ballY + BALL_SIZE / 2 - paddleY - PADDLE_HEIGHT / 2) / reach;
    if (Math.abs(offset) > 1) return;
    const speed = Math.min(MAX_SPEED, Math.hypot(this.velocityX, this.velocityY) * SPEED_GAIN);
    const angle = offset * STEEPEST_ANGLE;
    this.ballX = plane;
    this.velocityX = direction * speed * Math.cos(angle);
    this.velocityY = speed * Math.sin(angle);
    this.misaim = this.random.uniform(-LARGEST_MISAIM, LARGEST_MISAIM);
  }

  /** @param reward 1 for a point of the player, −1 for one of the opponent. Who lost it is served to. */
  private score(reward: number): void {
    this.reward = reward;
    if (reward > 0) this.playerScore += 1;
    else this.opponentScore += 1;
    this.serve(-reward);
  }

  private observe(out: ObservationArray, at: number): void {
    out.fill(0, at, at + COURT * COURT);
    fillRect(out, at, OPPONENT_X, this.opponentY, PADDLE_WIDTH, PADDLE_HEIGHT, PADDLE_BRIGHTNESS);
    fillRect(out, at, PLAYER_X, this.playerY, PADDLE_WIDTH, PADDLE_HEIGHT, PADDLE_BRIGHTNESS);
    fillRect(out, at, this.ballX, this.ballY, BALL_SIZE, BALL_SIZE, BALL_BRIGHTNESS);
  }
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** Fills a rectangle of whole pixels, rounded to the nearest, as far as it is in the picture. */
function fillRect(
  out: ObservationArray,
  at: number,
  x: number,
  y: number,
  width: number,
  height: number,
  brightness: number,
): void {
  const left = Math.round(x);
  const top = Math.round(y);
  for (let row = Math.max(0, top); row < Math.min(COURT, top + height); row++) {
    const rowStart = at + row * COURT;
    for (let column = Math.max(0, left); column < Math.min(COURT, left + width); column++) {
      out[rowStart + column] = brightness;
    }
  }
}
