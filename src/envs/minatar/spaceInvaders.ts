/**
 * Space Invaders: a cannon shoots at a block of aliens that marches down and shoots back. A wave that is shot down is
 * followed by another, faster one.
 *
 * Observation [10, 10, 6]: where the cannon is, the aliens, the aliens again by the side they march to (left, right), and
 * the bullets of the cannon and of the aliens.
 * Reward: 1 for each alien.
 * Start: 24 aliens at the top, marching left; nothing is random.
 * End: terminated when a bullet or an alien meets the cannon, or an alien lands.
 */
import type { ObservationArray } from '../spaces.ts';
import { CELLS, type Channel, clampToGrid, type GameKind, type MinAtarGame, Move, SIZE } from './game.ts';

const channels = [
  { name: 'cannon', colour: 'primary', opacity: 1 },
  { name: 'alien', colour: 'secondary', opacity: 1 },
  { name: 'alien_left', colour: 'secondary', opacity: 0.8 },
  { name: 'alien_right', colour: 'secondary', opacity: 1 },
  { name: 'friendly_bullet', colour: 'tertiary', opacity: 1 },
  { name: 'enemy_bullet', colour: 'line', opacity: 1 },
] as const satisfies readonly Channel[];

const RELOAD_TIME = 5;
const SLOWEST_MOVE_INTERVAL = 12;
const FASTEST_MOVE_INTERVAL = 6;
const ALIEN_SHOT_INTERVAL = 10;
const CANNON_ROW_START = (SIZE - 1) * SIZE;

class SpaceInvaders implements MinAtarGame {
  reward = 0;
  isOver = false;
  rampIndex = 0;
  private cannon = 0;
  /** 1 where such a thing is, by cell. */
  private readonly aliens = new Uint8Array(CELLS);
  private readonly friendlyBullets = new Uint8Array(CELLS);
  private readonly enemyBullets = new Uint8Array(CELLS);
  private aliensLeft = 0;
  /** −1 while the aliens march left, 1 while they march right. */
  private direction = -1;
  private moveInterval = SLOWEST_MOVE_INTERVAL;
  private moveTimer = 0;
  private alienShotTimer = 0;
  private shotTimer = 0;
  private readonly isRamping: boolean;

  constructor(isRamping: boolean) {
    this.isRamping = isRamping;
  }

  reset(): void {
    this.cannon = 5;
    this.friendlyBullets.fill(0);
    this.enemyBullets.fill(0);
    this.formWave();
    this.direction = -1;
    this.moveInterval = SLOWEST_MOVE_INTERVAL;
    this.moveTimer = SLOWEST_MOVE_INTERVAL;
    this.alienShotTimer = ALIEN_SHOT_INTERVAL;
    this.shotTimer = 0;
    this.rampIndex = 0;
    this.reward = 0;
    this.isOver = false;
  }

  step(move: number): void {
    this.reward = 0;
    this.moveCannon(move);
    this.moveBullets();
    this.checkForAlienAtCannon();
    if (this.moveTimer === 0) this.moveAliens();
    if (this.alienShotTimer === 0) this.shootAtCannon();
    this.hitAliens();
    if (this.shotTimer > 0) this.shotTimer -= 1;
    this.moveTimer -= 1;
    this.alienShotTimer -= 1;
    if (this.aliensLeft === 0) this.startNextWave();
  }

  private moveCannon(move: number): void {
    if (move === Move.fire && this.shotTimer === 0) {
      this.friendlyBullets[CANNON_ROW_START + this.cannon] = 1;
      this.shotTimer = RELOAD_TIME;
    }
    if (move === Move.left) this.cannon = clampToGrid(this.cannon - 1);
    if (move === Move.right) this.cannon = clampToGrid(this.cannon + 1);
  }

  private moveBullets(): void {
    this.friendlyBullets.copyWithin(0, SIZE).fill(0, CANNON_ROW_START);
    this.enemyBullets.copyWithin(SIZE, 0).fill(0, 0, SIZE);
    if (this.enemyBullets[CANNON_ROW_START + this.cannon] === 1) this.isOver = true;
  }

  private checkForAlienAtCannon(): void {
    if (this.aliens[CANNON_ROW_START + this.cannon] === 1) this.isOver = true;
  }

  private moveAliens(): void {
    this.moveTimer = Math.min(this.aliensLeft, this.moveInterval);
    if (this.hasAlienInColumn(this.direction < 0 ? 0 : SIZE - 1)) {
      this.direction = -this.direction;
      this.moveAliensDown();
    } else {
      this.moveAliensSideways();
    }
    this.checkForAlienAtCannon();
  }

  /** From the lowest row they would land, which is the end; they then show up in row 0. */
  private moveAliensDown(): void {
    for (let x = 0; x < SIZE; x++) {
      const lowest = this.aliens[CANNON_ROW_START + x]!;
      if (lowest === 1) this.isOver = true;
      for (let y = SIZE - 1; y > 0; y--) this.aliens[y * SIZE + x] = this.aliens[(y - 1) * SIZE + x]!;
      this.aliens[x] = lowest;
    }
  }

  private moveAliensSideways(): void {
    // No alien is in the column at the edge, so the cell that a shift by one carries into the next row is empty.
    if (this.direction < 0) this.aliens.copyWithin(0, 1).fill(0, CELLS - 1);
    else this.aliens.copyWithin(1, 0).fill(0, 0, 1);
  }

  private hasAlienInColumn(x: number): boolean {
    return this.lowestAlien(x) >= 0;
  }

  /** The cell of the lowest alien in a column, or −1. */
  private lowestAlien(x: number): number {
    for (let cell = CANNON_ROW_START + x; cell >= 0; cell -= SIZE) if (this.aliens[cell] === 1) return cell;
    return -1;
  }

  /** The lowest alien of the column nearest to the cannon fires, the left one of two equally near columns. */
  private shootAtCannon(): void {
    this.alienShotTimer = ALIEN_SHOT_INTERVAL;
    for (let distance = 0; distance < SIZE; distance++) {
      for (let side = -1; side <= 1; side += 2) {
        const x = this.cannon + side * distance;
        const cell = x >= 0 && x < SIZE ? this.lowestAlien(x) : -1;
        if (cell >= 0) {
          this.enemyBullets[cell] = 1;
          return;
        }
      }
    }
  }

  private hitAliens(): void {
    for (let cell = 0; cell < CELLS; cell++) {
      if (this.aliens[cell] === 1 && this.friendlyBullets[cell] === 1) {
        this.aliens[cell] = 0;
        this.friendlyBullets[cell] = 0;
        this.aliensLeft -= 1;
        this.reward += 1;
      }
    }
  }

  private startNextWave(): void {
    if (this.isRamping && this.moveInterval > FASTEST_MOVE_INTERVAL) {
      this.moveInterval -= 1;
      this.rampIndex += 1;
    }
    this.formWave();
  }

  private formWave(): void {
    this.aliensLeft = 24;
    this.aliens.fill(0);
    for (let y = 0; y < 4; y++) this.aliens.fill(1, y * SIZE + 2, y * SIZE + 8);
  }

  observe(out: ObservationArray, at: number): void {
    const depth = channels.length;
    const directionChannel = this.direction < 0 ? 2 : 3;
    out[at + (CANNON_ROW_START + this.cannon) * depth] = 1;
    for (let cell = 0; cell < CELLS; cell++) {
      const base = at + cell * depth;
      if (this.aliens[cell] === 1) {
        out[base + 1] = 1;
        out[base + directionChannel] = 1;
      }
      if (this.friendlyBullets[cell] === 1) out[base + 4] = 1;
      if (this.enemyBullets[cell] === 1) out[base + 5] = 1;
    }
  }
}

export const spaceInvaders: GameKind = {
  name: 'SpaceInvaders',
  doc: 'Shoot the marching aliens and dodge what they shoot back, a point for each alien.',
  channels,
  usefulMoves: [Move.none, Move.left, Move.right, Move.fire],
  create: (isRamping) => new SpaceInvaders(isRamping),
};
