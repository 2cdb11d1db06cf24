import { type Obstacle, TERRAIN_POINTS, TERRAIN_STEP, type Terrain } from './terrain.ts';

/**
 * How far a ray gets before it meets the ground or an obstacle: the share of the way from (x, y) to (x + dx, y + dy), or 1.
 * The same as planck's `rayCast`, which would search a tree and allocate; here the pieces of ground under the ray follow
 * from its x. Rays do not go to the left.
 */
export function castRay(terrain: Terrain, x: number, y: number, dx: number, dy: number): number {
  let nearest = 1;
  const first = Math.max(0, Math.floor(x / TERRAIN_STEP) - 1);
  const last = Math.min(TERRAIN_POINTS - 2, Math.floor((x + dx) / TERRAIN_STEP) + 1);
  for (let i = first; i <= last; i++) nearest = Math.min(nearest, meetGround(terrain.heights, i, x, y, dx, dy));
  const { obstacles } = terrain;
  for (let i = 0; i < obstacles.length; i++) nearest = Math.min(nearest, meetObstacle(obstacles[i]!, x, y, dx, dy));
  return nearest;
}

/** Where a ray meets the piece of ground between points i and i + 1; infinity where it does not. */
function meetGround(heights: Float64Array, i: number, x: number, y: number, dx: number, dy: number): number {
  const fromX = i * TERRAIN_STEP;
  const fromY = heights[i]!;
  const rise = heights[i + 1]! - fromY;
  const across = rise * dx - TERRAIN_STEP * dy;
  if (across === 0) return Number.POSITIVE_INFINITY;
  const share = (rise * (fromX - x) - TERRAIN_STEP * (fromY - y)) / across;
  const along = (x + share * dx - fromX) * TERRAIN_STEP + (y + share * dy - fromY) * rise;
  const isMet = share >= 0 && along >= 0 && along <= TERRAIN_STEP * TERRAIN_STEP + rise * rise;
  return isMet ? share : Number.POSITIVE_INFINITY;
}

/** Where a ray enters a rectangle; infinity where it does not, or begins inside. */
function meetObstacle(obstacle: Obstacle, x: number, y: number, dx: number, dy: number): number {
  const { left, bottom, width, height } = obstacle;
  if (x + dx < left || x > left + width) return Number.POSITIVE_INFINITY;
  // The shares of the way at which the ray is between the two vertical and the two horizontal sides.
  const enterX = dx === 0 ? Number.NEGATIVE_INFINITY : (left - x) / dx;
  const leaveX = dx === 0 ? Number.POSITIVE_INFINITY : (left + width - x) / dx;
  const shareBottom = (bottom - y) / dy;
  const shareTop = (bottom + height - y) / dy;
  const enter = Math.max(enterX, Math.min(shareBottom, shareTop));
  const leave = Math.min(leaveX, Math.max(shareBottom, shareTop));
  return enter >= 0 && enter <= leave ? enter : Number.POSITIVE_INFINITY;
}
