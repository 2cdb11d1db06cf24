import type { Canvas2D, Palette } from '../canvas.ts';
import { fillDisc, fillRoundRect, paintScene, tracePolygon } from '../scene.ts';
import { MAX_TORQUE } from './pendulum.ts';

const view = { left: -1.35, bottom: -1.35, width: 2.7, height: 2.7 } as const;
export const pendulumAspectRatio = 1;

const ROD_WIDTH = 0.2;

/** @param snapshot angle from upright, counter-clockwise (rad); torque applied last (N·m) */
export function drawPendulum(
  context: Canvas2D,
  snapshot: Float64Array,
  width: number,
  height: number,
  palette: Palette,
): void {
  const angle = snapshot[0]!;
  const torque = snapshot[1]!;
  paintScene(context, width, height, view, palette.background, () => {
    context.strokeStyle = palette.grid;
    context.lineWidth = 0.012;
    context.beginPath();
    context.arc(0, 0, 1, 0, 2 * Math.PI);
    context.stroke();
    context.save();
    context.rotate(angle);
    context.fillStyle = palette.primary;
    fillRoundRect(context, -ROD_WIDTH / 2, -ROD_WIDTH / 2, ROD_WIDTH, 1 + ROD_WIDTH, ROD_WIDTH / 2);
    context.restore();
    drawTorque(context, torque / MAX_TORQUE, palette.secondary);
    context.fillStyle = palette.line;
    fillDisc(context, 0, 0, 0.05);
  });
}

/** A circular arrow around the axle that grows with the torque: `strength` is −1 … 1, positive counter-clockwise. */
function drawTorque(context: Canvas2D, strength: number, colour: string): void {
  const size = Math.abs(strength);
  if (size < 0.01) return;
  const radius = 0.12 + 0.28 * size;
  const sweep = 0.4 + 4 * size;
  context.save();
  if (strength < 0) context.scale(-1, 1);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 0.03;
  context.beginPath();
  context.arc(0, 0, radius, 0, sweep);
  context.stroke();
  context.rotate(sweep);
  tracePolygon(context, [radius - 0.06, 0, radius + 0.06, 0, radius, 0.11]);
  context.fill();
  context.restore();
}
