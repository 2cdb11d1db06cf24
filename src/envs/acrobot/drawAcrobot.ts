import type { Canvas2D, Palette } from '../canvas.ts';
import { fillDisc, fillRoundRect, paintScene, strokeLine } from '../scene.ts';

/** The links reach two lengths in every direction. */
const view = { left: -2.2, bottom: -2.2, width: 4.4, height: 4.4 } as const;
export const acrobotAspectRatio = 1;

const LINK_WIDTH = 0.2;

/** @param snapshot angles of the upper and the lower link from hanging down, counter-clockwise (rad) */
export function drawAcrobot(
  context: Canvas2D,
  snapshot: Float64Array,
  width: number,
  height: number,
  palette: Palette,
): void {
  const upperAngle = snapshot[0]!;
  const lowerAngle = snapshot[1]!;
  paintScene(context, width, height, view, palette.background, () => {
    context.strokeStyle = palette.tertiary;
    context.lineWidth = 0.02;
    context.setLineDash([0.08, 0.06]);
    strokeLine(context, view.left, 1, view.left + view.width, 1);
    context.setLineDash([]);
    drawLink(context, 0, 0, upperAngle, palette.primary, palette.line);
    drawLink(context, Math.sin(upperAngle), -Math.cos(upperAngle), lowerAngle, palette.secondary, palette.line);
  });
}

/** A link of length 1 that hangs from a joint at (x, y). */
function drawLink(context: Canvas2D, x: number, y: number, angle: number, colour: string, jointColour: string): void {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.fillStyle = colour;
  fillRoundRect(context, -LINK_WIDTH / 2, -1 - LINK_WIDTH / 2, LINK_WIDTH, 1 + LINK_WIDTH, LINK_WIDTH / 2);
  context.fillStyle = jointColour;
  fillDisc(context, 0, 0, 0.05);
  context.restore();
}
