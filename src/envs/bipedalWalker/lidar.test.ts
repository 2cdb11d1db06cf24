import { Edge, Polygon, Vec2, World } from 'planck';
import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { castRay } from './lidar.ts';
import { generateTerrain, TERRAIN_STEP, type Terrain } from './terrain.ts';

/** The same ground as bodies of planck. */
function build({ heights, obstacles }: Terrain): World {
  const world = new World();
  for (const { left, bottom, width, height } of obstacles) {
    const corners = [
      [left, bottom],
      [left + width, bottom],
      [left + width, bottom + height],
      [left, bottom + height],
    ].map(([x, y]) => new Vec2(x!, y!));
    world.createBody().createFixture({ shape: new Polygon(corners) });
  }
  for (let i = 0; i + 1 < heights.length; i++) {
    const from = new Vec2(i * TERRAIN_STEP, heights[i]!);
    const to = new Vec2((i + 1) * TERRAIN_STEP, heights[i + 1]!);
    world.createBody().createFixture({ shape: new Edge(from, to) });
  }
  return world;
}

function castByPlanck(world: World, x: number, y: number, dx: number, dy: number): number {
  let nearest = 1;
  world.rayCast(new Vec2(x, y), new Vec2(x + dx, y + dy), (_fixture, _point, _normal, fraction) => {
    nearest = fraction;
    return fraction;
  });
  return nearest;
}

describe('The lidar', () => {
  it.each([false, true])('measures what planck measures (hardcore: %s), wherever the hull is', (isHardcore) => {
    const random = new NumpyRandom(3);
    let hits = 0;
    for (let seed = 0; seed < 8; seed++) {
      const terrain = generateTerrain(new NumpyRandom(seed), isHardcore);
      const world = build(terrain);
      for (let i = 0; i < 500; i++) {
        const x = random.uniform(-3, 96);
        const y = random.uniform(1, 9);
        const angle = random.integers(0, 10) * 0.15;
        const ray = [x, y, 5.3 * Math.sin(angle), -5.3 * Math.cos(angle)] as const;
        const expected = castByPlanck(world, ...ray);
        expect(castRay(terrain, ...ray)).toBeCloseTo(expected, 9);
        if (expected < 1) hits += 1;
      }
    }
    expect(hits).toBeGreaterThan(1000);
  });
});
