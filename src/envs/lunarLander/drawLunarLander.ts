import type { Canvas2D, Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillRoundRect, paintScene, strokeLine, tracePolygon } from '../scene.ts';
import { CORNER_X, HEIGHT, LANDER_CORNERS, LEG_HALF_HEIGHT, LEG_HALF_WIDTH, PAD_HEIGHT, WIDTH } from './lunarLander.ts';

const view = { left: 0, bottom: 0, width: WIDTH, height: HEIGHT } as const;
export const lunarLanderAspectRatio = WIDTH / HEIGHT;
/** Three bodies at three numbers each, two engines, the terrain. */
export const lunarLanderSnapshotSize = 11 + CORNER_X.length;

const landerOutline = LANDER_CORNERS.flatMap(({ x, y }) => [x, y]);

/** Its snapshot is described at `LunarLander.snapshot`. */
export const drawLunarLander: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  paintScene(context, width, height, view, palette.background, () => {
    drawTerrain(context, snapshot.subarray(11), palette);
    drawPad(context, palette);
    drawFlag(context, CORNER_X[4]!, palette);
    drawFlag(context, CORNER_X[6]!, palette);
    inFrameOf(context, snapshot, 0, () => {
      drawFlames(context, snapshot[9]!, snapshot[10]!, palette);
    });
    for (const leg of [1, 2]) {
      inFrameOf(context, snapshot, leg, () => {
        context.fillStyle = palette.line;
        fillRoundRect(context, -LEG_HALF_WIDTH, -LEG_HALF_HEIGHT, 2 * LEG_HALF_WIDTH, 2 * LEG_HALF_HEIGHT, 0.05);
      });
    }
    inFrameOf(context, snapshot, 0, () => {
      context.fillStyle = palette.primary;
      context.strokeStyle = palette.primary;
      context.lineWidth = 0.08;
      tracePolygon(context, landerOutline);
      context.fill();
      context.stroke();
      context.fillStyle = palette.background;
      fillRoundRect(context, -0.22, 0.08, 0.44, 0.26, 0.08);
    });
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

function drawTerrain(context: Canvas2D, terrain: Float64Array, palette: Palette): void {
  const outline = [...terrain].flatMap((y, i) => [CORNER_X[i]!, y]);
  context.fillStyle = palette.terrain;
  tracePolygon(context, [0, 0, ...outline, WIDTH, 0]);
  context.fill();
}

/** The flat ground between the flags, a little below the height that the flags stand at. */
function drawPad(context: Canvas2D, palette: Palette): void {
  const y = 0.99 * PAD_HEIGHT;
  context.strokeStyle = palette.tertiary;
  context.lineWidth = 0.1;
  strokeLine(context, CORNER_X[4]!, y, CORNER_X[6]!, y);
}

function drawFlag(context: Canvas2D, x: number, palette: Palette): void {
  const top = PAD_HEIGHT + 1.6;
  context.strokeStyle = palette.line;
  context.lineWidth = 0.06;
  strokeLine(context, x, PAD_HEIGHT, x, top);
  context.fillStyle = palette.tertiary;
  tracePolygon(context, [x, top, x + 0.8, top - 0.2, x, top - 0.4]);
  context.fill();
}

/** A flame below the lander for the main engine, one at a side for the other: as long as the thrust is strong. */
function drawFlames(context: Canvas2D, main: number, side: number, palette: Palette): void {
  context.fillStyle = palette.secondary;
  if (main > 0) {
    tracePolygon(context, [-0.2, -0.3, 0.2, -0.3, 0, -0.4 - 1.1 * main]);
    context.fill();
  }
  if (side !== 0) {
    const direction = -Math.sign(side);
    const root = direction * 0.45;
    const tip = root + direction * 0.75 * Math.abs(side);
    tracePolygon(context, [root, 0.54, root, 0.34, tip, 0.44]);
    context.fill();
  }
}
