/**
 * Asterix: enemies and gold cross eight lanes from either side, faster and more often with time.
 *
 * Observation [10, 10, 4]: where the player is, the enemies, the cells that enemies and gold come from, and the gold.
 * Reward: 1 for each piece of gold.
 * Start: the player in the middle of empty lanes.
 * End: terminated when an enemy meets the player.
 */
import type { RandomSource } from '../../math/numpyRandom.ts';
import type { ObservationArray } from '../spaces.ts';
import { type Channel, clampToGrid, type GameKind, isOnGrid, type MinAtarGame, Move, SIZE } from './game.ts';

const channels = [
  { name: 'player', colour: 'primary', opacity: 1 },
  { name: 'enemy', colour: 'secondary', opacity: 1 },
  { name: 'trail', colour: 'line', opacity: 0.25 },
  { name: 'gold', colour: 'tertiary', opacity: 1 },
] as const satisfies readonly Channel[];

const RAMP_INTERVAL = 100;
const INITIAL_SPAWN_INTERVAL = 10;
const INITIAL_MOVE_INTERVAL = 5;
/** Lane k is row k + 1. */
const LANES = 8;
const EMPTY = 0;
const ENEMY = 1;
const GOLD = 2;

class Asterix implements MinAtarGame {
  reward = 0;
  isOver = false;
  rampIndex = 0;
  private playerX = 0;
  private playerY = 0;
  /** What is in each lane, at which column, and whether it moves right (1) or left (−1). */
  private readonly contents = new Uint8Array(LANES);
  private readonly columns = new Int8Array(LANES);
  private readonly directions = new Int8Array(LANES);
  private spawnInterval = INITIAL_SPAWN_INTERVAL;
  private spawnTimer = 0;
  private moveInterval = INITIAL_MOVE_INTERVAL;
  private moveTimer = 0;
  private rampTimer = 0;
  private readonly isRamping: boolean;

  constructor(isRamping: boolean) {
    this.isRamping = isRamping;
  }

  reset(): void {
    this.playerX = 5;
    this.playerY = 5;
    this.contents.fill(EMPTY);
    this.spawnInterval = INITIAL_SPAWN_INTERVAL;
    this.spawnTimer = INITIAL_SPAWN_INTERVAL;
    this.moveInterval = INITIAL_MOVE_INTERVAL;
    this.moveTimer = INITIAL_MOVE_INTERVAL;
    this.rampTimer = RAMP_INTERVAL;
    this.rampIndex = 0;
    this.reward = 0;
    this.isOver = false;
  }

  step(move: number, random: RandomSource): void {
    this.reward = 0;
    if (this.spawnTimer === 0) {
      this.spawn(random);
      this.spawnTimer = this.spawnInterval;
    }
    this.movePlayer(move);
    for (let lane = 0; lane < LANES; lane++) this.meetPlayer(lane);
    if (this.moveTimer === 0) {
      this.moveTimer = this.moveInterval;
      for (let lane = 0; lane < LANES; lane++) this.moveContent(lane);
    }
    this.spawnTimer -= 1;
    this.moveTimer -= 1;
    if (this.isRamping && (this.spawnInterval > 1 || this.moveInterval > 1)) this.ramp();
  }

  /** Puts something into one of the empty lanes. Two draws are made even if there is none. */
  private spawn(random: RandomSource): void {
    const movesRight = random.random() < 1 / 2;
    const isGold = random.random() < 1 / 3;
    let emptyLanes = 0;
    for (let lane = 0; lane < LANES; lane++) if (this.contents[lane] === EMPTY) emptyLanes += 1;
    if (emptyLanes === 0) return;
    let skipped = random.integers(0, emptyLanes);
    let lane = this.contents.indexOf(EMPTY);
    for (; skipped > 0; skipped--) lane = this.contents.indexOf(EMPTY, lane + 1);
    this.contents[lane] = isGold ? GOLD : ENEMY;
    this.columns[lane] = movesRight ? 0 : SIZE - 1;
    this.directions[lane] = movesRight ? 1 : -1;
  }

  private movePlayer(move: number): void {
    if (move === Move.left) this.playerX = clampToGrid(this.playerX - 1);
    if (move === Move.right) this.playerX = clampToGrid(this.playerX + 1);
    if (move === Move.up) this.playerY = Math.max(1, this.playerY - 1);
    if (move === Move.down) this.playerY = Math.min(LANES, this.playerY + 1);
  }

  private meetPlayer(lane: number): void {
    if (this.playerY !== lane + 1 || this.playerX !== this.columns[lane] || this.contents[lane] === EMPTY) return;
    if (this.contents[lane] === GOLD) {
      this.contents[lane] = EMPTY;
      this.reward += 1;
    } else {
      this.isOver = true;
    }
  }

  private moveContent(lane: number): void {
    if (this.contents[lane] === EMPTY) return;
    this.columns[lane]! += this.directions[lane]!;
    if (isOnGrid(this.columns[lane]!)) this.meetPlayer(lane);
    else this.contents[lane] = EMPTY;
  }

  /** Every 102 steps things spawn more often, and every second time they also move faster. */
  private ramp(): void {
    if (this.rampTimer >= 0) {
      this.rampTimer -= 1;
      return;
    }
    if (this.moveInterval > 1 && this.rampIndex % 2 === 1) this.moveInterval -= 1;
    if (this.spawnInterval > 1) this.spawnInterval -= 1;
    this.rampIndex += 1;
    this.rampTimer = RAMP_INTERVAL;
  }

  observe(out: ObservationArray, at: number): void {
    const depth = channels.length;
    out[at + (this.playerY * SIZE + this.playerX) * depth] = 1;
    for (let lane = 0; lane < LANES; lane++) {
      if (this.contents[lane] === EMPTY) continue;
      const rowStart = (lane + 1) * SIZE;
      const x = this.columns[lane]!;
      const behind = x - this.directions[lane]!;
      out[at + (rowStart + x) * depth + (this.contents[lane] === GOLD ? 3 : 1)] = 1;
      if (isOnGrid(behind)) out[at + (rowStart + behind) * depth + 2] = 1;
    }
  }
}

export const asterix: GameKind = {
  name: 'Asterix',
  doc: 'Collect the gold that crosses the lanes, a point for each piece, and stay clear of the enemies.',
  channels,
  usefulMoves: [Move.none, Move.left, Move.up, Move.right, Move.down],
  create: (isRamping) => new Asterix(isRamping),
};
