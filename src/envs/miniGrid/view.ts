/** What the agent sees: a square of cells before it, turned so that it looks from the near edge to the far one. */
import type { ObservationArray } from '../spaces.ts';
import { Colour, DoorState, FORWARD_X, FORWARD_Y, Kind, type World } from './world.ts';

/** Columns and rows of the view. The agent stands in the middle of the nearest row. */
export const VIEW_SIZE = 7;
const CELLS = VIEW_SIZE * VIEW_SIZE;
const PLANES = 3;
const NEAR = VIEW_SIZE - 1;
const MIDDLE = 3;
const OUTSIDE = -1;

/** The view of a world, kept in memory of its own. View cell (i, j) is column i from the left, row j from the far edge. */
export class View {
  /** By view cell (j · 7 + i), the cell of the world, or −1 outside the grid. */
  readonly cells = new Int16Array(CELLS);
  /** By view cell, 1 where the agent sees it. */
  readonly lit = new Uint8Array(CELLS);
  private readonly world: World;
  private readonly seesThroughWalls: boolean;

  constructor(world: World, seesThroughWalls: boolean) {
    this.world = world;
    this.seesThroughWalls = seesThroughWalls;
  }

  /** Brings the view up to date with the world. */
  look(): void {
    this.locate();
    if (this.seesThroughWalls) this.lit.fill(1);
    else this.spreadLight();
  }

  private locate(): void {
    const { world } = this;
    const forwardX = FORWARD_X[world.direction]!;
    const forwardY = FORWARD_Y[world.direction]!;
    for (let j = 0; j < VIEW_SIZE; j++) {
      for (let i = 0; i < VIEW_SIZE; i++) {
        const ahead = NEAR - j;
        const right = i - MIDDLE;
        const x = world.agentX + ahead * forwardX - right * forwardY;
        const y = world.agentY + ahead * forwardY + right * forwardX;
        this.cells[j * VIEW_SIZE + i] = world.cellAt(x, y);
      }
    }
  }

  /** Light goes from the agent sideways and ahead, row by row, and stops at what blocks it. */
  private spreadLight(): void {
    const { lit } = this;
    lit.fill(0);
    lit[NEAR * VIEW_SIZE + MIDDLE] = 1;
    for (let j = NEAR; j >= 0; j--) {
      for (let i = 0; i < VIEW_SIZE - 1; i++) this.passLight(i, j, 1);
      for (let i = VIEW_SIZE - 1; i > 0; i--) this.passLight(i, j, -1);
    }
  }

  /** From a cell to its neighbour on one side, to the cell ahead, and to the one ahead of that neighbour. */
  private passLight(i: number, j: number, side: number): void {
    const { lit } = this;
    const cell = j * VIEW_SIZE + i;
    if (lit[cell] === 0 || this.isBlocking(this.cells[cell]!)) return;
    lit[cell + side] = 1;
    if (j === 0) return;
    lit[cell - VIEW_SIZE + side] = 1;
    lit[cell - VIEW_SIZE] = 1;
  }

  private isBlocking(cell: number): boolean {
    if (cell === OUTSIDE) return true;
    const kind = this.world.kinds[cell]!;
    return kind === Kind.wall || (kind === Kind.door && this.world.states[cell] !== DoorState.open);
  }

  /** Writes [7 columns][7 rows from far to near][kind, colour, state]. The agent's own cell shows what it carries. */
  write(out: ObservationArray, at: number): void {
    const { world } = this;
    for (let i = 0; i < VIEW_SIZE; i++) {
      for (let j = 0; j < VIEW_SIZE; j++) {
        const base = at + (i * VIEW_SIZE + j) * PLANES;
        const cell = this.cells[j * VIEW_SIZE + i]!;
        if (this.lit[j * VIEW_SIZE + i] === 0) writeCell(out, base, Kind.unseen, 0, 0);
        else if (cell === OUTSIDE) writeCell(out, base, Kind.wall, Colour.grey, 0);
        else writeCell(out, base, world.kinds[cell]!, world.colours[cell]!, world.states[cell]!);
      }
    }
    writeCell(out, at + (MIDDLE * VIEW_SIZE + NEAR) * PLANES, world.carriedKind, world.carriedColour, 0);
  }
}

function writeCell(out: ObservationArray, at: number, kind: number, colour: number, state: number): void {
  out[at] = kind;
  out[at + 1] = colour;
  out[at + 2] = state;
}
