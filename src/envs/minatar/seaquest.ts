/**
 * Seaquest: a submarine shoots fish and enemy submarines, and collects divers. Oxygen lasts for 200 steps under water;
 * surfacing refills it at the price of a diver.
 *
 * Observation [10, 10, 10]: where the submarine's front is, its back, its bullets, the cells that the others come from,
 * enemy bullets, fish, enemy submarines, the oxygen left as a bar, the divers on board as a bar, and the divers.
 * Reward: 1 for each fish or enemy submarine; for surfacing with six divers, 1 for each cell of the oxygen bar.
 * Start: at the surface, facing left, with nothing around.
 * End: terminated when an enemy or a bullet meets the submarine, the oxygen is gone, or it surfaces without a diver.
 */
import type { RandomSource } from '../../math/numpyRandom.ts';
import type { ObservationArray } from '../spaces.ts';
import { type Channel, clampToGrid, type GameKind, type MinAtarGame, Move, SIZE } from './game.ts';
import { Movers } from './movers.ts';

const channels = [
  { name: 'sub_front', colour: 'primary', opacity: 1 },
  { name: 'sub_back', colour: 'primary', opacity: 0.6 },
  { name: 'friendly_bullet', colour: 'line', opacity: 1 },
  { name: 'trail', colour: 'line', opacity: 0.2 },
  { name: 'enemy_bullet', colour: 'line', opacity: 0.7 },
  { name: 'enemy_fish', colour: 'secondary', opacity: 0.75 },
  { name: 'enemy_sub', colour: 'secondary', opacity: 1 },
  { name: 'oxygen_gauge', colour: 'line', opacity: 0.45 },
  { name: 'diver_gauge', colour: 'tertiary', opacity: 0.7 },
  { name: 'diver', colour: 'tertiary', opacity: 1 },
] as const satisfies readonly Channel[];

const TRAIL = 3;
const FULL_OXYGEN = 200;
const MAX_DIVERS = 6;
const LOWEST_ROW = 8;
const GAUGE_ROW = 9;
const RELOAD_TIME = 5;
const INITIAL_SPAWN_INTERVAL = 20;
const DIVER_SPAWN_INTERVAL = 30;
const DIVER_MOVE_INTERVAL = 5;
const INITIAL_MOVE_INTERVAL = 5;
const FASTEST_MOVE_INTERVAL = 2;
const ENEMY_SHOT_INTERVAL = 10;

class Seaquest implements MinAtarGame {
  reward = 0;
  isOver = false;
  rampIndex = 0;
  private x = 0;
  private y = 0;
  /** The way the submarine faces: 1 right, −1 left. */
  private facing = -1;
  private oxygen = FULL_OXYGEN;
  /** On board. Below zero after a delivery: the original takes one diver too many then, and so does this. */
  private diversOnBoard = 0;
  private isAtSurface = true;
  private shotTimer = 0;
  private spawnInterval = INITIAL_SPAWN_INTERVAL;
  private spawnTimer = 0;
  private diverSpawnTimer = 0;
  private moveInterval = INITIAL_MOVE_INTERVAL;
  private readonly friendlyBullets = new Movers();
  private readonly enemyBullets = new Movers();
  private readonly fish = new Movers();
  private readonly enemySubs = new Movers();
  private readonly divers = new Movers();
  private readonly isRamping: boolean;

  constructor(isRamping: boolean) {
    this.isRamping = isRamping;
  }

  reset(): void {
    this.x = 5;
    this.y = 0;
    this.facing = -1;
    this.oxygen = FULL_OXYGEN;
    this.diversOnBoard = 0;
    this.isAtSurface = true;
    this.shotTimer = 0;
    this.spawnInterval = INITIAL_SPAWN_INTERVAL;
    this.spawnTimer = INITIAL_SPAWN_INTERVAL;
    this.diverSpawnTimer = DIVER_SPAWN_INTERVAL;
    this.moveInterval = INITIAL_MOVE_INTERVAL;
    this.rampIndex = 0;
    this.friendlyBullets.clear();
    this.enemyBullets.clear();
    this.fish.clear();
    this.enemySubs.clear();
    this.divers.clear();
    this.reward = 0;
    this.isOver = false;
  }

  step(move: number, random: RandomSource): void {
    this.reward = 0;
    if (this.spawnTimer === 0) {
      this.spawnEnemy(random);
      this.spawnTimer = this.spawnInterval;
    }
    if (this.diverSpawnTimer === 0) {
      this.spawnDiver(random);
      this.diverSpawnTimer = DIVER_SPAWN_INTERVAL;
    }
    this.movePlayer(move);
    // Every list is walked from its end, so that removing the present one leaves the rest of the walk as it was.
    for (let i = this.friendlyBullets.length - 1; i >= 0; i--) this.moveFriendlyBullet(i);
    for (let i = this.divers.length - 1; i >= 0; i--) this.moveDiver(i);
    for (let i = this.enemySubs.length - 1; i >= 0; i--) this.moveEnemySub(i);
    for (let i = this.enemyBullets.length - 1; i >= 0; i--) this.moveEnemyBullet(i);
    for (let i = this.fish.length - 1; i >= 0; i--) this.moveEnemy(this.fish, i);
    if (this.spawnTimer > 0) this.spawnTimer -= 1;
    if (this.diverSpawnTimer > 0) this.diverSpawnTimer -= 1;
    if (this.shotTimer > 0) this.shotTimer -= 1;
    this.breathe();
  }

  /** The three draws are made even where an enemy that comes the other way in the same row lets nothing appear. */
  private spawnEnemy(random: RandomSource): void {
    const direction = random.random() < 1 / 2 ? 1 : -1;
    const isSub = random.random() < 1 / 3;
    const y = random.integers(1, 9);
    if (this.fish.hasInRow(y, -direction) || this.enemySubs.hasInRow(y, -direction)) return;
    const x = direction > 0 ? 0 : SIZE - 1;
    if (isSub) this.enemySubs.append(x, y, direction, this.moveInterval, ENEMY_SHOT_INTERVAL);
    else this.fish.append(x, y, direction, this.moveInterval);
  }

  private spawnDiver(random: RandomSource): void {
    const direction = random.random() < 1 / 2 ? 1 : -1;
    this.divers.append(direction > 0 ? 0 : SIZE - 1, random.integers(1, 9), direction, DIVER_MOVE_INTERVAL);
  }

  private movePlayer(move: number): void {
    if (move === Move.fire && this.shotTimer === 0) {
      this.friendlyBullets.append(this.x, this.y, this.facing);
      this.shotTimer = RELOAD_TIME;
    }
    if (move === Move.left || move === Move.right) {
      this.facing = move === Move.right ? 1 : -1;
      this.x = clampToGrid(this.x + this.facing);
    }
    if (move === Move.up) this.y = Math.max(0, this.y - 1);
    if (move === Move.down) this.y = Math.min(LOWEST_ROW, this.y + 1);
  }

  private moveFriendlyBullet(i: number): void {
    const bullets = this.friendlyBullets;
    if (!bullets.advance(i)) {
      bullets.remove(i);
      return;
    }
    const x = bullets.x[i]!;
    const y = bullets.y[i]!;
    const enemies = this.fish.indexAt(x, y) >= 0 ? this.fish : this.enemySubs;
    const hit = enemies.indexAt(x, y);
    if (hit < 0) return;
    enemies.remove(hit);
    bullets.remove(i);
    this.reward += 1;
  }

  private moveDiver(i: number): void {
    const { divers } = this;
    if (this.pickUp(i)) return;
    if (divers.moveTimer[i]! > 0) {
      divers.moveTimer[i]! -= 1;
      return;
    }
    divers.moveTimer[i] = DIVER_MOVE_INTERVAL;
    if (divers.advance(i)) this.pickUp(i);
    else divers.remove(i);
  }

  /** Takes a diver on board that is in the submarine's cell, if there is room. */
  private pickUp(i: number): boolean {
    if (!this.divers.isAt(i, this.x, this.y) || this.diversOnBoard >= MAX_DIVERS) return false;
    this.divers.remove(i);
    this.diversOnBoard += 1;
    return true;
  }

  /** A submarine whose time has come shoots even in the step in which it is shot or leaves. */
  private moveEnemySub(i: number): void {
    const subs = this.enemySubs;
    const y = subs.y[i]!;
    const direction = subs.direction[i]!;
    const shoots = subs.shotTimer[i] === 0;
    subs.shotTimer[i] = shoots ? ENEMY_SHOT_INTERVAL : subs.shotTimer[i]! - 1;
    const x = this.moveEnemy(subs, i);
    if (shoots) this.enemyBullets.append(x, y, direction);
  }

  /** Moves a fish or an enemy submarine when its time has come. Returns the column it is in then, even if it is gone. */
  private moveEnemy(enemies: Movers, i: number): number {
    if (enemies.isAt(i, this.x, this.y)) this.isOver = true;
    if (enemies.moveTimer[i]! > 0) {
      enemies.moveTimer[i]! -= 1;
      return enemies.x[i]!;
    }
    enemies.moveTimer[i] = this.moveInterval;
    const isOnGrid = enemies.advance(i);
    const x = enemies.x[i]!;
    if (!isOnGrid) {
      enemies.remove(i);
    } else if (enemies.isAt(i, this.x, this.y)) {
      this.isOver = true;
    } else {
      this.runIntoBullet(enemies, i);
    }
    return x;
  }

  private runIntoBullet(enemies: Movers, i: number): void {
    const bullet = this.friendlyBullets.indexAt(enemies.x[i]!, enemies.y[i]!);
    if (bullet < 0) return;
    this.friendlyBullets.remove(bullet);
    enemies.remove(i);
    this.reward += 1;
  }

  private moveEnemyBullet(i: number): void {
    const bullets = this.enemyBullets;
    if (bullets.isAt(i, this.x, this.y)) this.isOver = true;
    if (!bullets.advance(i)) bullets.remove(i);
    else if (bullets.isAt(i, this.x, this.y)) this.isOver = true;
  }

  private breathe(): void {
    if (this.oxygen <= 0) this.isOver = true;
    if (this.y > 0) {
      this.oxygen -= 1;
      this.isAtSurface = false;
    } else if (!this.isAtSurface) {
      if (this.diversOnBoard === 0) this.isOver = true;
      else this.surface();
    }
  }

  private surface(): void {
    this.isAtSurface = true;
    if (this.diversOnBoard === MAX_DIVERS) {
      this.reward += this.oxygenBars();
      this.diversOnBoard = 0;
    }
    this.oxygen = FULL_OXYGEN;
    this.diversOnBoard -= 1;
    if (this.isRamping && (this.spawnInterval > 1 || this.moveInterval > FASTEST_MOVE_INTERVAL)) this.ramp();
  }

  private ramp(): void {
    if (this.moveInterval > FASTEST_MOVE_INTERVAL && this.rampIndex % 2 === 1) this.moveInterval -= 1;
    if (this.spawnInterval > 1) this.spawnInterval -= 1;
    this.rampIndex += 1;
  }

  /** How many cells of the gauge the oxygen fills; also what six divers pay. */
  private oxygenBars(): number {
    return Math.floor((Math.max(0, this.oxygen) * 10) / FULL_OXYGEN);
  }

  observe(out: ObservationArray, at: number): void {
    const depth = channels.length;
    const gaugeStart = at + GAUGE_ROW * SIZE * depth;
    out[at + (this.y * SIZE + this.x) * depth] = 1;
    out[at + (this.y * SIZE + this.x - this.facing) * depth + 1] = 1;
    this.friendlyBullets.observe(out, at, depth, 2, null);
    this.enemyBullets.observe(out, at, depth, 4, null);
    this.fish.observe(out, at, depth, 5, TRAIL);
    this.enemySubs.observe(out, at, depth, 6, TRAIL);
    this.divers.observe(out, at, depth, 9, TRAIL);
    for (let bar = 0; bar < this.oxygenBars(); bar++) out[gaugeStart + bar * depth + 7] = 1;
    for (let diver = 0; diver < this.diversOnBoard; diver++) out[gaugeStart + (8 - diver) * depth + 8] = 1;
  }
}

export const seaquest: GameKind = {
  name: 'Seaquest',
  doc: 'Shoot fish and submarines, a point each, and bring divers up before the oxygen is gone.',
  channels,
  usefulMoves: [Move.none, Move.left, Move.up, Move.right, Move.down, Move.fire],
  create: (isRamping) => new Seaquest(isRamping),
};
