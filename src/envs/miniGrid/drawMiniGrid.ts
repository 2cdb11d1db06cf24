import type { Canvas2D, Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillDisc, fillRoundRect, paintScene, tracePolygon } from '../scene.ts';
import { SNAPSHOT_HEADER } from './miniGridEnv.ts';
import { Colour, DoorState, Kind } from './world.ts';

/** Red, green, blue, purple, yellow, grey, in tones that stand out on a light and on a dark ground. */
const colours = ['#d64541', '#2f9e5b', '#3f78d8', '#8e5bd0', '#d9a514', '#7d8790'] as const;

const MARGIN = 0.15;

export const miniGridAspectRatio = (width: number, height: number): number =>
  (width + 2 * MARGIN) / (height + 2 * MARGIN);

/** Cells that the agent sees are lighter. Its snapshot is described at `MiniGridEnv.snapshot`. */
export const drawMiniGrid: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  const columns = snapshot[0]!;
  const rows = snapshot[1]!;
  const view = { left: -MARGIN, bottom: -MARGIN, width: columns + 2 * MARGIN, height: rows + 2 * MARGIN };
  paintScene(context, width, height, view, palette.background, () => {
    for (let cell = 0; cell < columns * rows; cell++) {
      context.save();
      context.translate(cell % columns, rows - 1 - Math.floor(cell / columns));
      drawCell(context, snapshot[SNAPSHOT_HEADER + cell]!, palette);
      context.restore();
    }
    context.translate(snapshot[2]! + 0.5, rows - snapshot[3]! - 0.5);
    context.rotate((-snapshot[4]! * Math.PI) / 2);
    drawAgent(context, snapshot[5]!, snapshot[6]!, palette);
  });
};

/** Draws into the unit square above and to the right of the origin. */
function drawCell(context: Canvas2D, code: number, palette: Palette): void {
  const kind = code & 15;
  const colour = colours[(code >> 4) & 7]!;
  const state = (code >> 7) & 3;
  const isSeen = code >= 512;
  if (kind === Kind.wall) {
    context.fillStyle = palette.terrain;
    // A little over the edge, so that no seam shows between two walls.
    context.fillRect(-0.02, -0.02, 1.04, 1.04);
    return;
  }
  context.fillStyle = palette.grid;
  context.globalAlpha = isSeen ? 1 : 0.35;
  context.fillRect(0.02, 0.02, 0.96, 0.96);
  context.globalAlpha = 1;
  if (kind === Kind.goal) {
    context.fillStyle = colours[Colour.green];
    fillRoundRect(context, 0.06, 0.06, 0.88, 0.88, 0.1);
  } else if (kind === Kind.door) {
    drawDoor(context, colour, state, palette);
  } else if (kind === Kind.key) {
    drawKey(context, colour);
  } else if (kind === Kind.ball) {
    context.fillStyle = colour;
    fillDisc(context, 0.5, 0.5, 0.31);
  }
}

function drawDoor(context: Canvas2D, colour: string, state: number, palette: Palette): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (state === DoorState.open) {
    fillRoundRect(context, 0.86, 0.02, 0.12, 0.96, 0.04);
    return;
  }
  context.lineWidth = 0.08;
  context.globalAlpha = state === DoorState.locked ? 0.45 : 0.15;
  context.fillRect(0.04, 0.04, 0.92, 0.92);
  context.globalAlpha = 1;
  context.beginPath();
  context.roundRect(0.08, 0.08, 0.84, 0.84, 0.05);
  context.stroke();
  context.fillStyle = palette.line;
  if (state === DoorState.locked) fillRoundRect(context, 0.52, 0.46, 0.24, 0.08, 0.03);
  else fillDisc(context, 0.75, 0.5, 0.07);
}

function drawKey(context: Canvas2D, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 0.11;
  context.beginPath();
  context.arc(0.56, 0.72, 0.14, 0, 2 * Math.PI);
  context.stroke();
  context.fillRect(0.51, 0.12, 0.11, 0.48);
  context.fillRect(0.37, 0.12, 0.16, 0.08);
  context.fillRect(0.37, 0.32, 0.16, 0.08);
}

/** A triangle that points along x, with what it carries on its back. */
function drawAgent(context: Canvas2D, carriedKind: number, carriedColour: number, palette: Palette): void {
  context.fillStyle = palette.secondary;
  tracePolygon(context, [-0.36, 0.32, 0.38, 0, -0.36, -0.32]);
  context.fill();
  if (carriedKind === Kind.empty) return;
  context.fillStyle = colours[carriedColour]!;
  context.strokeStyle = palette.line;
  context.lineWidth = 0.04;
  context.beginPath();
  context.arc(-0.14, 0, 0.13, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
