import { isOnGrid, SIZE } from './game.ts';

/** More than can ever be on the grid at once: each lives for at most some 60 steps, and one is made per step. */
const CAPACITY = 128;

/** An ordered list of things that cross the grid along their rows. Typed arrays, so that a step allocates nothing. */
export class Movers {
  length = 0;
  readonly x = new Int8Array(CAPACITY);
  readonly y = new Int8Array(CAPACITY);
  /** 1 to the right, −1 to the left. */
  readonly direction = new Int8Array(CAPACITY);
  readonly moveTimer = new Int8Array(CAPACITY);
  readonly shotTimer = new Int8Array(CAPACITY);
  private readonly fields = [this.x, this.y, this.direction, this.moveTimer, this.shotTimer];

  clear(): void {
    this.length = 0;
  }

  append(x: number, y: number, direction: number, moveTimer = 0, shotTimer = 0): void {
    if (this.length === CAPACITY) throw new Error(`There is no room for more than ${CAPACITY} things on the grid.`);
    const i = this.length++;
    this.x[i] = x;
    this.y[i] = y;
    this.direction[i] = direction;
    this.moveTimer[i] = moveTimer;
    this.shotTimer[i] = shotTimer;
  }

  remove(index: number): void {
    for (const field of this.fields) field.copyWithin(index, index + 1, this.length);
    this.length -= 1;
  }

  /** Index of the first one in a cell, or −1. */
  indexAt(x: number, y: number): number {
    for (let i = 0; i < this.length; i++) if (this.x[i] === x && this.y[i] === y) return i;
    return -1;
  }

  isAt(index: number, x: number, y: number): boolean {
    return this.x[index] === x && this.y[index] === y;
  }

  /** Moves one by a column. Returns whether it is still on the grid. */
  advance(index: number): boolean {
    this.x[index]! += this.direction[index]!;
    return isOnGrid(this.x[index]!);
  }

  /** Whether one in row `y` moves in this direction. */
  hasInRow(y: number, direction: number): boolean {
    for (let i = 0; i < this.length; i++) if (this.y[i] === y && this.direction[i] === direction) return true;
    return false;
  }

  /** Sets the bit of each one in `channel`, and in `trailChannel` that of the cell behind it where there is one. */
  observe(
    out: Float32Array | Uint8Array,
    at: number,
    depth: number,
    channel: number,
    trailChannel: number | null,
  ): void {
    for (let i = 0; i < this.length; i++) {
      const rowStart = this.y[i]! * SIZE;
      const behind = this.x[i]! - this.direction[i]!;
      out[at + (rowStart + this.x[i]!) * depth + channel] = 1;
      if (trailChannel !== null && isOnGrid(behind)) out[at + (rowStart + behind) * depth + trailChannel] = 1;
    }
  }
}
