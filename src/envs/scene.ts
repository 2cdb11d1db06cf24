/** Sets a canvas up so that drawings think in the units of their world. */
import type { Canvas2D } from './canvas.ts';

/** The part of the world that a picture shows, in world units, y upwards. */
export interface View {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Fills the picture with `background` and calls `paint` with an origin and scale such that `view` lies in the middle, as
 * large as fits. Within `paint` lengths are world units and y points up; `pixel` is the length of one canvas pixel.
 */
export function paintScene(
  context: Canvas2D,
  width: number,
  height: number,
  view: View,
  background: string,
  paint: (pixel: number) => void,
): void {
  const scale = Math.min(width / view.width, height / view.height);
  context.save();
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.scale(scale, -scale);
  context.translate(-view.left - view.width / 2, -view.bottom - view.height / 2);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  paint(1 / scale);
  context.restore();
}

export function fillDisc(context: Canvas2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

export function fillRoundRect(
  context: Canvas2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

export function strokeLine(context: Canvas2D, fromX: number, fromY: number, toX: number, toY: number): void {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}

/** A closed path through the points x₀, y₀, x₁, y₁ …, not yet filled or stroked. */
export function tracePolygon(context: Canvas2D, points: ArrayLike<number>): void {
  context.beginPath();
  context.moveTo(points[0]!, points[1]!);
  for (let i = 2; i + 1 < points.length; i += 2) context.lineTo(points[i]!, points[i + 1]!);
  context.closePath();
}
