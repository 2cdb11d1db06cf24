import type { Canvas2D, Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillRoundRect, paintScene, strokeLine, tracePolygon } from '../scene.ts';
import {
  HEIGHT,
  HULL_CORNERS,
  LEG_HEIGHT,
  LOWER_LEG_WIDTH,
  snapshotAt,
  UPPER_LEG_WIDTH,
  WIDTH,
} from './bipedalWalker.ts';
import { CLOUD_SIZE, CLOUDS, GROUND_LEVEL, TERRAIN_POINTS, TERRAIN_STEP } from './terrain.ts';

export const bipedalWalkerAspectRatio = WIDTH / HEIGHT;

/** How far from the left edge the hull stays. */
const CAMERA_OFFSET = 4;
const hullOutline = HULL_CORNERS.flatMap(({ x, y }) => [x, y]);

/** Its snapshot is described at `BipedalWalker.snapshot`. The camera follows the hull. */
export const drawBipedalWalker: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  const left = snapshot[0]! - CAMERA_OFFSET;
  const view = { left, bottom: 0, width: WIDTH, height: HEIGHT };
  paintScene(context, width, height, view, palette.background, () => {
    drawClouds(context, snapshot, left, palette);
    drawGround(context, snapshot, palette);
    drawFlag(context, snapshot[snapshotAt.terrain + 3]!, palette);
    // The far leg first, so that the hull and the near leg cover it.
    drawLeg(context, snapshot, 1, palette.secondary, 0.55);
    inFrameOf(context, snapshot, 0, () => {
      context.fillStyle = palette.primary;
      context.strokeStyle = palette.primary;
      context.lineWidth = 0.08;
      tracePolygon(context, hullOutline);
      context.fill();
      context.stroke();
    });
    drawLeg(context, snapshot, 3, palette.secondary, 1);
  });
};

/** Paints with the origin and axes of body number `body`. */
function inFrameOf(context: Canvas2D, snapshot: Float64Array, body: number, paint: () => void): void {
  context.save();
  context.translate(snapshot[3 * body]!, snapshot[3 * body + 1]!);
  context.rotate(snapshot[3 * body + 2]!);
  paint();
  context.restore();
}

function drawLeg(context: Canvas2D, snapshot: Float64Array, upperBody: number, colour: string, opacity: number): void {
  [UPPER_LEG_WIDTH, LOWER_LEG_WIDTH].forEach((width, part) => {
    inFrameOf(context, snapshot, upperBody + part, () => {
      context.globalAlpha = opacity;
      context.fillStyle = colour;
      fillRoundRect(context, -width / 2, -LEG_HEIGHT / 2, width, LEG_HEIGHT, width / 3);
      context.globalAlpha = 1;
    });
  });
}

/** They move at half the speed of the ground. */
function drawClouds(context: Canvas2D, snapshot: Float64Array, left: number, palette: Palette): void {
  context.save();
  context.translate(left / 2, 0);
  context.fillStyle = palette.grid;
  context.globalAlpha = 0.5;
  for (let cloud = 0; cloud < CLOUDS; cloud++) {
    const at = snapshotAt.clouds + cloud * CLOUD_SIZE;
    tracePolygon(context, snapshot.subarray(at, at + CLOUD_SIZE));
    context.fill();
  }
  context.restore();
}

function drawGround(context: Canvas2D, snapshot: Float64Array, palette: Palette): void {
  const outline: number[] = [0, 0];
  for (let i = 0; i < TERRAIN_POINTS; i++) outline.push(i * TERRAIN_STEP, snapshot[snapshotAt.terrain + i]!);
  outline.push((TERRAIN_POINTS - 1) * TERRAIN_STEP, 0);
  context.fillStyle = palette.terrain;
  tracePolygon(context, outline);
  context.fill();
  const obstacles = snapshot[snapshotAt.obstacles]!;
  for (let i = 0; i < obstacles; i++) {
    const at = snapshotAt.obstacles + 1 + 4 * i;
    context.fillRect(snapshot[at]!, snapshot[at + 1]!, snapshot[at + 2]!, snapshot[at + 3]!);
  }
}

/** Marks the start. */
function drawFlag(context: Canvas2D, groundHeight: number, palette: Palette): void {
  const x = 3 * TERRAIN_STEP;
  const top = GROUND_LEVEL + 1.7;
  context.strokeStyle = palette.line;
  context.lineWidth = 0.06;
  strokeLine(context, x, groundHeight, x, top);
  context.fillStyle = palette.tertiary;
  tracePolygon(context, [x, top, x + 0.8, top - 0.2, x, top - 0.4]);
  context.fill();
}
