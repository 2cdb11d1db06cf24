import type { Canvas2D, Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillDisc, fillRoundRect, paintScene, strokeLine, tracePolygon } from '../scene.ts';
import { MAX_POSITION, MIN_POSITION } from './mountainCar.ts';

/** The original's picture: 600 × 400 points at 333 points a unit, the hill's foot at the lower edge. */
const view = { left: MIN_POSITION, bottom: 0, width: MAX_POSITION - MIN_POSITION, height: 1.2 } as const;
export const mountainCarAspectRatio = view.width / view.height;

const CAR_WIDTH = 0.12;
const CAR_HEIGHT = 0.055;
const WHEEL_RADIUS = 0.024;
const FLAG_HEIGHT = 0.15;
const HILL_POINTS = 100;

const hillHeight = (position: number): number => 0.45 * Math.sin(3 * position) + 0.55;
const hillSlope = (position: number): number => Math.atan(1.35 * Math.cos(3 * position));

/** A drawing with the flag at `goalPosition`. Its snapshot is the position of the car. */
export function drawMountainCarWithGoal(goalPosition: number): EnvDefinition['draw'] {
  return (context, snapshot, width, height, palette) => {
    const position = snapshot[0]!;
    paintScene(context, width, height, view, palette.background, () => {
      drawFlag(context, goalPosition, palette);
      drawHill(context, palette);
      drawCar(context, position, palette);
    });
  };
}

function drawHill(context: Canvas2D, palette: Palette): void {
  const outline = [MIN_POSITION, 0];
  for (let i = 0; i <= HILL_POINTS; i++) {
    const position = MIN_POSITION + (view.width * i) / HILL_POINTS;
    outline.push(position, hillHeight(position));
  }
  outline.push(MAX_POSITION, 0);
  context.fillStyle = palette.terrain;
  tracePolygon(context, outline);
  context.fill();
}

function drawFlag(context: Canvas2D, goalPosition: number, palette: Palette): void {
  const foot = hillHeight(goalPosition);
  const top = foot + FLAG_HEIGHT;
  context.strokeStyle = palette.line;
  context.lineWidth = 0.006;
  strokeLine(context, goalPosition, foot, goalPosition, top);
  context.fillStyle = palette.tertiary;
  tracePolygon(context, [goalPosition, top, goalPosition + 0.075, top - 0.022, goalPosition, top - 0.044]);
  context.fill();
}

function drawCar(context: Canvas2D, position: number, palette: Palette): void {
  context.translate(position, hillHeight(position));
  context.rotate(hillSlope(position));
  context.translate(0, WHEEL_RADIUS);
  context.fillStyle = palette.primary;
  fillRoundRect(context, -CAR_WIDTH / 2, 0.006, CAR_WIDTH, CAR_HEIGHT, 0.018);
  context.fillStyle = palette.secondary;
  fillDisc(context, -CAR_WIDTH / 4, 0, WHEEL_RADIUS);
  fillDisc(context, CAR_WIDTH / 4, 0, WHEEL_RADIUS);
}
