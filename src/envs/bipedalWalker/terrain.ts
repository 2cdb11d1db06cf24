/** The ground of BipedalWalker: a chain of points, in hardcore with stumps, pits and stairs on it, and clouds above. */
import type { RandomSource } from '../../math/numpyRandom.ts';

/** Metres; the original's picture has 30 pixels to one. */
export const TERRAIN_STEP = 14 / 30;
export const TERRAIN_POINTS = 200;
export const GROUND_LEVEL = 400 / 30 / 4;
const CLOUD_LEVEL = ((400 / 30) * 3) / 4;
const START_PAD = 20;
export const CLOUDS = 10;
/** x and y of five corners. */
export const CLOUD_SIZE = 10;
const STAIR_WIDTH = 4;

export interface Obstacle {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

type Mode = 'grass' | 'stump' | 'stairs' | 'pit';
const obstacleModes: readonly Mode[] = ['stump', 'stairs', 'pit'];

/** The state of the generator, as it walks from point to point. */
class TerrainWalk {
  readonly heights = new Float64Array(TERRAIN_POINTS);
  readonly obstacles: Obstacle[] = [];
  private mode: Mode = 'grass';
  /** Whether this is the first point of a mode. */
  private isFresh = false;
  /** Points until the mode changes. */
  private counter = START_PAD;
  private y = GROUND_LEVEL;
  private slope = 0;
  /** Height at the start of a pit or of stairs. */
  private startY = 0;
  private stairSteps = 0;
  /** 1 upwards, −1 downwards. */
  private stairDirection = 1;
  private readonly random: RandomSource;

  constructor(random: RandomSource) {
    this.random = random;
  }

  /** Makes point `i`. The order of the draws is Gymnasium's. */
  makePoint(i: number, isHardcore: boolean): void {
    const x = i * TERRAIN_STEP;
    if (this.mode === 'grass') this.grow(i);
    else if (this.mode === 'pit') this.dig(x);
    else if (this.mode === 'stump') this.plantStump(x);
    else this.buildStairs(x);
    this.isFresh = false;
    this.heights[i] = this.y;
    this.counter -= 1;
    if (this.counter === 0) this.changeMode(isHardcore);
  }

  private changeMode(isHardcore: boolean): void {
    this.counter = this.random.integers(5, 10);
    const comesObstacle = isHardcore && this.mode === 'grass';
    this.mode = comesObstacle ? obstacleModes[this.random.integers(1, 4) - 1]! : 'grass';
    this.isFresh = true;
  }

  /** Hills that tend back to the ground level. */
  private grow(i: number): void {
    if (this.isFresh) return;
    this.slope = 0.8 * this.slope + 0.01 * Math.sign(GROUND_LEVEL - this.y);
    if (i > START_PAD) this.slope += this.random.uniform(-1, 1) / 30;
    this.y += this.slope;
  }

  /** Two blocks with a gap between them, into which the points go down. */
  private dig(x: number): void {
    if (this.isFresh) {
      this.counter = this.random.integers(3, 5);
      const depth = 4 * TERRAIN_STEP;
      for (const left of [x, x + TERRAIN_STEP * this.counter]) {
        this.obstacles.push({ left, bottom: this.y - depth, width: TERRAIN_STEP, height: depth });
      }
      this.counter += 2;
      this.startY = this.y;
    } else {
      this.y = this.counter > 1 ? this.startY - 4 * TERRAIN_STEP : this.startY;
    }
  }

  private plantStump(x: number): void {
    if (!this.isFresh) return;
    this.counter = this.random.integers(1, 3);
    const size = this.counter * TERRAIN_STEP;
    this.obstacles.push({ left: x, bottom: this.y, width: size, height: size });
  }

  private buildStairs(x: number): void {
    if (this.isFresh) {
      this.stairDirection = this.random.random() > 0.5 ? 1 : -1;
      this.stairSteps = this.random.integers(3, 5);
      this.startY = this.y;
      for (let step = 0; step < this.stairSteps; step++) {
        this.obstacles.push({
          left: x + STAIR_WIDTH * step * TERRAIN_STEP,
          bottom: this.y + (step * this.stairDirection - 1) * TERRAIN_STEP,
          width: STAIR_WIDTH * TERRAIN_STEP,
          height: TERRAIN_STEP,
        });
      }
      this.counter = STAIR_WIDTH * this.stairSteps;
    } else {
      const pointsDone = STAIR_WIDTH * this.stairSteps - this.counter - this.stairDirection;
      this.y = this.startY + (pointsDone / STAIR_WIDTH) * this.stairDirection * TERRAIN_STEP;
    }
  }
}

export interface Terrain {
  /** y of the points, whose x are multiples of `TERRAIN_STEP`. */
  readonly heights: Float64Array;
  readonly obstacles: readonly Obstacle[];
  /** x and y of the five corners of each cloud, before the corners are joined. */
  readonly clouds: Float64Array;
}

export function generateTerrain(random: RandomSource, isHardcore: boolean): Terrain {
  const walk = new TerrainWalk(random);
  for (let i = 0; i < TERRAIN_POINTS; i++) walk.makePoint(i, isHardcore);
  return { heights: walk.heights, obstacles: walk.obstacles, clouds: generateClouds(random) };
}

function generateClouds(random: RandomSource): Float64Array {
  const clouds = new Float64Array(CLOUDS * CLOUD_SIZE);
  for (let cloud = 0; cloud < CLOUDS; cloud++) {
    const x = random.uniform(0, TERRAIN_POINTS) * TERRAIN_STEP;
    for (let corner = 0; corner < CLOUD_SIZE / 2; corner++) {
      // The original says 3.14 here.
      const angle = (3.14 * 2 * corner) / 5;
      const at = cloud * CLOUD_SIZE + 2 * corner;
      clouds[at] = x + 15 * TERRAIN_STEP * Math.sin(angle) + random.uniform(0, 5 * TERRAIN_STEP);
      clouds[at + 1] = CLOUD_LEVEL + 5 * TERRAIN_STEP * Math.cos(angle) + random.uniform(0, 5 * TERRAIN_STEP);
    }
  }
  return clouds;
}
