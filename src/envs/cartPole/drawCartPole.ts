import type { Canvas2D, Palette } from '../canvas.ts';
import { fillDisc, fillRoundRect, paintScene, strokeLine } from '../scene.ts';
import { POLE_LENGTH, POSITION_LIMIT } from './cartPole.ts';

/** The original's picture: 600 × 400 points at 125 points a metre, the track a quarter of the height up. */
const view = { left: -2.4, bottom: -0.8, width: 4.8, height: 3.2 } as const;
export const cartPoleAspectRatio = view.width / view.height;

const CART_WIDTH = 0.4;
const CART_HEIGHT = 0.24;
const AXLE_HEIGHT = 0.06;
const POLE_WIDTH = 0.08;

/** @param snapshot position of the cart (m), angle of the pole (rad) */
export function drawCartPole(
  context: Canvas2D,
  snapshot: Float64Array,
  width: number,
  height: number,
  palette: Palette,
): void {
  const position = snapshot[0]!;
  const angle = snapshot[1]!;
  paintScene(context, width, height, view, palette.background, () => {
    drawTrack(context, palette);
    context.translate(position, 0);
    context.fillStyle = palette.line;
    fillRoundRect(context, -CART_WIDTH / 2, -CART_HEIGHT / 2, CART_WIDTH, CART_HEIGHT, 0.035);
    context.translate(0, AXLE_HEIGHT);
    context.rotate(-angle);
    context.fillStyle = palette.secondary;
    fillRoundRect(context, -POLE_WIDTH / 2, -POLE_WIDTH / 2, POLE_WIDTH, POLE_LENGTH, POLE_WIDTH / 2);
    context.fillStyle = palette.primary;
    fillDisc(context, 0, 0, 0.036);
  });
}

/** The rail, with a post at each end of what is allowed. */
function drawTrack(context: Canvas2D, palette: Palette): void {
  context.strokeStyle = palette.line;
  context.lineWidth = 0.014;
  strokeLine(context, -POSITION_LIMIT, 0, POSITION_LIMIT, 0);
  context.strokeStyle = palette.grid;
  for (const metre of [-2, -1, 0, 1, 2]) strokeLine(context, metre, -0.2, metre, -0.26);
}
