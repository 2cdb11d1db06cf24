/** The grid of a MiniGrid task: what lies where, and the agent in it. x is the column, y the row, both from 0. */
import type { RandomSource } from '../../math/numpyRandom.ts';

/** What a cell holds; the codes are those of observations. */
export const Kind = { unseen: 0, empty: 1, wall: 2, door: 4, key: 5, ball: 6, goal: 8 } as const;
export const Colour = { red: 0, green: 1, blue: 2, purple: 3, yellow: 4, grey: 5 } as const;
export const colourNames = ['red', 'green', 'blue', 'purple', 'yellow', 'grey'] as const;
export const DoorState = { open: 0, closed: 1, locked: 2 } as const;

/** Where each direction (0 right, 1 down, 2 left, 3 up) leads. */
export const FORWARD_X = [1, 0, -1, 0] as const;
export const FORWARD_Y = [0, 1, 0, -1] as const;

const OUTSIDE = -1;

export class World {
  readonly width: number;
  readonly height: number;
  /** By cell, row after row: what it holds, its colour, and for a door its state. */
  readonly kinds: Uint8Array;
  readonly colours: Uint8Array;
  readonly states: Uint8Array;
  agentX = OUTSIDE;
  agentY = OUTSIDE;
  /** 0 right, 1 down, 2 left, 3 up. */
  direction = 0;
  /** What the agent carries: `Kind.empty` for nothing. */
  carriedKind: number = Kind.empty;
  carriedColour = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.kinds = new Uint8Array(width * height);
    this.colours = new Uint8Array(width * height);
    this.states = new Uint8Array(width * height);
    this.clear();
  }

  /** Leaves nothing but a wall all around. The agent is nowhere and carries nothing. */
  clear(): void {
    this.kinds.fill(Kind.empty);
    this.colours.fill(0);
    this.states.fill(0);
    this.agentX = OUTSIDE;
    this.agentY = OUTSIDE;
    this.direction = 0;
    this.carriedKind = Kind.empty;
    this.carriedColour = 0;
    for (let x = 0; x < this.width; x++) {
      this.putWall(x, 0);
      this.putWall(x, this.height - 1);
    }
    for (let y = 0; y < this.height; y++) {
      this.putWall(0, y);
      this.putWall(this.width - 1, y);
    }
  }

  /** Index of a cell, or −1 outside the grid. */
  cellAt(x: number, y: number): number {
    return x >= 0 && x < this.width && y >= 0 && y < this.height ? y * this.width + x : -1;
  }

  /** Index of the cell in front of the agent. There always is one, since walls surround the grid. */
  get cellInFront(): number {
    return (this.agentY + FORWARD_Y[this.direction]!) * this.width + this.agentX + FORWARD_X[this.direction]!;
  }

  put(x: number, y: number, kind: number, colour: number, state = 0): void {
    this.putAt(y * this.width + x, kind, colour, state);
  }

  putAt(cell: number, kind: number, colour: number, state = 0): void {
    this.kinds[cell] = kind;
    this.colours[cell] = colour;
    this.states[cell] = state;
  }

  putWall(x: number, y: number): void {
    this.put(x, y, Kind.wall, Colour.grey);
  }

  empty(x: number, y: number): void {
    this.put(x, y, Kind.empty, 0);
  }

  putAgent(x: number, y: number, direction: number): void {
    this.agentX = x;
    this.agentY = y;
    this.direction = direction;
  }

  /** Puts something into a random empty cell of the first `columns` columns, but not where the agent is. */
  place(kind: number, colour: number, random: RandomSource, columns = this.width): void {
    this.putAt(this.findFreeCell(random, columns), kind, colour);
  }

  /** Puts the agent into a random empty cell of the first `columns` columns, looking anywhere. */
  placeAgent(random: RandomSource, columns = this.width): void {
    const cell = this.findFreeCell(random, columns);
    this.putAgent(cell % this.width, Math.floor(cell / this.width), random.integers(0, 4));
  }

  private findFreeCell(random: RandomSource, columns: number): number {
    for (;;) {
      const x = random.integers(0, columns);
      const y = random.integers(0, this.height);
      const cell = y * this.width + x;
      const isAgents = x === this.agentX && y === this.agentY;
      if (this.kinds[cell] === Kind.empty && !isAgents) return cell;
    }
  }
}
