/** Curves as the `d` of an SVG path, to a tenth of a pixel. */
import type { Bucket } from './bucketPyramid.ts';
import { pixel, type Scales } from './scales.ts';

export const short = (value: number): string => value.toFixed(1);

export function linePath(points: readonly Pick<Bucket, 'x' | 'mean'>[], { x, y }: Scales): string {
  let path = '';
  for (const point of points) {
    path += `${path === '' ? 'M' : 'L'}${short(pixel(x, point.x))} ${short(pixel(y, point.mean))}`;
  }
  return path;
}

/** The area from minimum to maximum. */
export function bandPath(points: readonly Pick<Bucket, 'x' | 'min' | 'max'>[], { x, y }: Scales): string {
  if (points.length === 0) return '';
  const upper = points.map((point) => `${short(pixel(x, point.x))} ${short(pixel(y, point.max))}`);
  const lower = points.map((point) => `${short(pixel(x, point.x))} ${short(pixel(y, point.min))}`).reverse();
  return `M${upper.join('L')}L${lower.join('L')}Z`;
}
