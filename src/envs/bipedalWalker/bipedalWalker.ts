/**
 * BipedalWalker-v3: a robot with two legs walks over uneven ground, in `hardcore` over stumps, pits and stairs, as in
 * Gymnasium 1.4.0. Terrain is that of the seed exactly, the first observation within 1e-5; episodes agree for some 40
 * steps, until the rounding of contacts has grown: Gymnasium's engine computes in float32, this one in float64.
 *
 * Observation: angle and angular velocity of the hull, its velocity; for each leg angle and speed of hip and knee, and
 * whether it touches the ground; ten distances to the ground, by lidar.
 * Action: torque on hip and knee of each leg in [−1, 1], as a share of 80 N·m.
 * Reward: for moving forward, about 300 in all; minus a little for torque and for a hull that is not level; −100 for
 * falling.
 * Start: standing at the left end, with a random push.
 * End: terminated by the hull touching anything, or at either end of the ground; truncated after 1600 steps, or 2000.
 */
import { type Body, Box, Edge, Polygon, RevoluteJoint, Vec2, type World } from 'planck';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { createOrderedWorld, forgetGround } from '../box2d/orderedWorld.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';
import { castRay } from './lidar.ts';
import {
  CLOUD_SIZE,
  CLOUDS,
  GROUND_LEVEL,
  generateTerrain,
  TERRAIN_POINTS,
  TERRAIN_STEP,
  type Terrain,
} from './terrain.ts';

/** Pixels of the original's picture to a metre, and its size in metres. */
const SCALE = 30;
export const WIDTH = 600 / SCALE;
export const HEIGHT = 400 / SCALE;

const STEPS_PER_SECOND = 50;
const VELOCITY_ITERATIONS = 180;
const POSITION_ITERATIONS = 60;

const MOTOR_TORQUE = 80;
const HIP_SPEED = 4;
const KNEE_SPEED = 6;
const INITIAL_PUSH = 5;
const FRICTION = 2.5;

const LEG_DOWN = -8 / SCALE;
const LEG_WIDTH = 8 / SCALE;
export const LEG_HEIGHT = 34 / SCALE;
export const UPPER_LEG_WIDTH = LEG_WIDTH;
export const LOWER_LEG_WIDTH = 0.8 * LEG_WIDTH;
const LIDAR_RAYS = 10;
const LIDAR_RANGE = 160 / SCALE;
const START_X = 10 * TERRAIN_STEP;
const START_Y = GROUND_LEVEL + 2 * LEG_HEIGHT;
const FINISH_X = (TERRAIN_POINTS - 10) * TERRAIN_STEP;

const GROUND_CATEGORY = 0x0001;
const WALKER_CATEGORY = 0x0020;

/** Corners in pixels from the origin of the hull. */
export const HULL_CORNERS = [
  [-30, 9],
  [6, 9],
  [34, 1],
  [34, -8],
  [-30, -8],
].map(([x, y]) => new Vec2(x! / SCALE, y! / SCALE));

const { PI } = Math;
const legBounds = [PI, 5, PI, 5];
const low = [-PI, -5, -5, -5, ...legBounds.map((b) => -b), 0, ...legBounds.map((b) => -b), 0, ...Array(10).fill(-1)];
const high = [PI, 5, 5, 5, ...legBounds, 5, ...legBounds, 5, ...Array(10).fill(1)];

const specOf = (id: string, doc: string, maxEpisodeSteps: number): EnvSpec => ({
  id,
  doc,
  observationSpace: {
    kind: 'box',
    shape: [24],
    dtype: 'float32',
    low: low.map(Math.fround),
    high: high.map(Math.fround),
  },
  actionSpace: { kind: 'box', shape: [4], dtype: 'float32', low: [-1], high: [1] },
  maxEpisodeSteps,
  rewardThreshold: 300,
  framesPerSecond: STEPS_PER_SECOND,
});

export const bipedalWalkerSpec = specOf(
  'BipedalWalker-v3',
  'Walk on two legs over uneven ground; moving forward pays about 300 in all, and falling costs 100.',
  1600,
);

export const bipedalWalkerHardcoreSpec = specOf(
  'BipedalWalkerHardcore-v3',
  'Walk on two legs over stumps, pits and stairs; moving forward pays about 300 in all, and falling costs 100.',
  2000,
);

export interface BipedalWalkerOptions {
  readonly hardcore?: boolean;
}

interface Leg {
  readonly upper: Body;
  readonly lower: Body;
  readonly hip: RevoluteJoint;
  readonly knee: RevoluteJoint;
  /** Set when a contact of the lower leg begins and cleared when one ends, even if it still touches something else. */
  isOnGround: boolean;
}

/** No world has more: the densest are pits, of which each brings two and takes, with the grass before it, ten points. */
const MAX_OBSTACLES = (2 * TERRAIN_POINTS) / 10;
/** Where the parts of a snapshot begin: five bodies at three numbers, the lidar, the ground, the clouds, the obstacles. */
export const snapshotAt = {
  lidar: 15,
  terrain: 15 + LIDAR_RAYS,
  clouds: 15 + LIDAR_RAYS + TERRAIN_POINTS,
  obstacles: 15 + LIDAR_RAYS + TERRAIN_POINTS + CLOUDS * CLOUD_SIZE,
  end: 15 + LIDAR_RAYS + TERRAIN_POINTS + CLOUDS * CLOUD_SIZE + 1 + 4 * MAX_OBSTACLES,
} as const;

export class BipedalWalker implements Env<Float32Array> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  terrain!: Terrain;
  private readonly random = new NumpyRandom(0);
  private readonly isHardcore: boolean;
  private world!: World;
  private hull!: Body;
  private legs: readonly Leg[] = [];
  private hasCrashed = false;
  /** The observation in float64; its last ten elements are the lidar. */
  private readonly state = new Float64Array(24);
  private shaping = 0;
  private readonly noTorque = new Float32Array(4);

  constructor({ hardcore = false }: BipedalWalkerOptions = {}) {
    this.spec = hardcore ? bipedalWalkerHardcoreSpec : bipedalWalkerSpec;
    this.isHardcore = hardcore;
  }

  /** The bodies, for those who look into the world: the hull, then upper and lower leg of each side. */
  get bodies(): readonly Body[] {
    return [this.hull, ...this.legs.flatMap((leg) => [leg.upper, leg.lower])];
  }

  /** Builds a new world and lets one step pass without torque, whose reward does not count. */
  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.hasCrashed = false;
    this.world = createOrderedWorld({ x: 0, y: -10 });
    this.listenForContacts();
    this.createTerrain();
    this.createWalker();
    forgetGround(this.world);
    this.advance(this.noTorque);
    this.shaping = this.shapingOfState();
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: Float32Array, out: ObservationArray, at: number): void {
    this.advance(action);
    const shaping = this.shapingOfState();
    this.reward = shaping - this.shaping;
    for (let i = 0; i < 4; i++) this.reward -= 0.00035 * MOTOR_TORQUE * Math.min(Math.abs(action[i]!), 1);
    this.shaping = shaping;
    const { x } = this.hull.getPosition();
    if (this.hasCrashed || x < 0) {
      this.reward = -100;
      this.terminated = true;
    }
    if (x > FINISH_X) this.terminated = true;
    this.observe(out, at);
  }

  /** x, y and angle of each body; the lidar; heights of the ground; clouds; number and rectangles of the obstacles. */
  snapshot(out: Float64Array): void {
    const { heights, clouds, obstacles } = this.terrain;
    this.bodies.forEach((body, i) => {
      const { x, y } = body.getPosition();
      out[3 * i] = x;
      out[3 * i + 1] = y;
      out[3 * i + 2] = body.getAngle();
    });
    for (let ray = 0; ray < LIDAR_RAYS; ray++) out[snapshotAt.lidar + ray] = this.state[14 + ray]!;
    out.set(heights, snapshotAt.terrain);
    out.set(clouds, snapshotAt.clouds);
    out.fill(0, snapshotAt.obstacles, snapshotAt.end);
    out[snapshotAt.obstacles] = obstacles.length;
    obstacles.forEach(({ left, bottom, width, height }, i) => {
      out.set([left, bottom, width, height], snapshotAt.obstacles + 1 + 4 * i);
    });
  }

  private listenForContacts(): void {
    const setFlags = (bodies: readonly Body[], isOnGround: boolean) => {
      for (const leg of this.legs) if (bodies.includes(leg.lower)) leg.isOnGround = isOnGround;
    };
    this.world.on('begin-contact', (contact) => {
      const bodies = [contact.getFixtureA().getBody(), contact.getFixtureB().getBody()];
      if (bodies.includes(this.hull)) this.hasCrashed = true;
      setFlags(bodies, true);
    });
    this.world.on('end-contact', (contact) => {
      setFlags([contact.getFixtureA().getBody(), contact.getFixtureB().getBody()], false);
    });
  }

  /** Obstacles first, then a body for each piece of ground: the order decides that of the contacts. */
  private createTerrain(): void {
    this.terrain = generateTerrain(this.random, this.isHardcore);
    const { heights, obstacles } = this.terrain;
    for (const { left, bottom, width, height } of obstacles) {
      const corners = [
        new Vec2(left, bottom),
        new Vec2(left + width, bottom),
        new Vec2(left + width, bottom + height),
        new Vec2(left, bottom + height),
      ];
      this.world.createBody().createFixture({ shape: new Polygon(corners), friction: FRICTION });
    }
    for (let i = 0; i < TERRAIN_POINTS - 1; i++) {
      const from = new Vec2(i * TERRAIN_STEP, heights[i]!);
      const to = new Vec2((i + 1) * TERRAIN_STEP, heights[i + 1]!);
      this.world.createBody().createFixture({ shape: new Edge(from, to), friction: FRICTION });
    }
  }

  private createWalker(): void {
    this.hull = this.world.createBody({ type: 'dynamic', position: new Vec2(START_X, START_Y) });
    this.hull.createFixture({
      shape: new Polygon(HULL_CORNERS),
      density: 5,
      friction: 0.1,
      filterCategoryBits: WALKER_CATEGORY,
      filterMaskBits: GROUND_CATEGORY,
    });
    this.hull.applyForceToCenter(new Vec2(this.random.uniform(-INITIAL_PUSH, INITIAL_PUSH), 0), true);
    this.legs = [-1, 1].map((side) => this.createLeg(side));
  }

  private createLeg(side: number): Leg {
    const upper = this.createLegPart(side, UPPER_LEG_WIDTH, START_Y - LEG_HEIGHT / 2 - LEG_DOWN);
    const hip = new RevoluteJoint({
      bodyA: this.hull,
      bodyB: upper,
      localAnchorA: new Vec2(0, LEG_DOWN),
      localAnchorB: new Vec2(0, LEG_HEIGHT / 2),
      // The angle between the bodies at creation, which Gymnasium's binding of Box2D fills in.
      referenceAngle: side * 0.05,
      enableMotor: true,
      enableLimit: true,
      maxMotorTorque: MOTOR_TORQUE,
      motorSpeed: side,
      lowerAngle: -0.8,
      upperAngle: 1.1,
    });
    this.world.createJoint(hip);
    const lower = this.createLegPart(side, LOWER_LEG_WIDTH, START_Y - (LEG_HEIGHT * 3) / 2 - LEG_DOWN);
    const knee = new RevoluteJoint({
      bodyA: upper,
      bodyB: lower,
      localAnchorA: new Vec2(0, -LEG_HEIGHT / 2),
      localAnchorB: new Vec2(0, LEG_HEIGHT / 2),
      referenceAngle: 0,
      enableMotor: true,
      enableLimit: true,
      maxMotorTorque: MOTOR_TORQUE,
      motorSpeed: 1,
      lowerAngle: -1.6,
      upperAngle: -0.1,
    });
    this.world.createJoint(knee);
    return { upper, lower, hip, knee, isOnGround: false };
  }

  private createLegPart(side: number, width: number, y: number): Body {
    const body = this.world.createBody({ type: 'dynamic', position: new Vec2(START_X, y), angle: side * 0.05 });
    body.createFixture({
      shape: new Box(width / 2, LEG_HEIGHT / 2),
      density: 1,
      filterCategoryBits: WALKER_CATEGORY,
      filterMaskBits: GROUND_CATEGORY,
    });
    return body;
  }

  private advance(action: Float32Array): void {
    this.legs.forEach(({ hip, knee }, leg) => {
      drive(hip, action[2 * leg]!, HIP_SPEED);
      drive(knee, action[2 * leg + 1]!, KNEE_SPEED);
    });
    this.world.step(1 / STEPS_PER_SECOND, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
    this.updateState();
  }

  private updateState(): void {
    const { hull, state } = this;
    const velocity = hull.getLinearVelocity();
    state[0] = hull.getAngle();
    state[1] = (2 * hull.getAngularVelocity()) / STEPS_PER_SECOND;
    state[2] = (0.3 * velocity.x * WIDTH) / STEPS_PER_SECOND;
    state[3] = (0.3 * velocity.y * HEIGHT) / STEPS_PER_SECOND;
    this.legs.forEach(({ hip, knee, isOnGround }, leg) => {
      const at = 4 + 5 * leg;
      state[at] = hip.getJointAngle();
      state[at + 1] = hip.getJointSpeed() / HIP_SPEED;
      state[at + 2] = knee.getJointAngle() + 1;
      state[at + 3] = knee.getJointSpeed() / KNEE_SPEED;
      state[at + 4] = isOnGround ? 1 : 0;
    });
    for (let ray = 0; ray < LIDAR_RAYS; ray++) state[14 + ray] = this.measureDistance(ray);
  }

  /** The share of the lidar's range that ray number `ray` (0 straight down, 9 almost ahead) gets to. */
  private measureDistance(ray: number): number {
    const { x, y } = this.hull.getPosition();
    const angle = (1.5 * ray) / 10;
    return castRay(this.terrain, x, y, Math.sin(angle) * LIDAR_RANGE, -Math.cos(angle) * LIDAR_RANGE);
  }

  /** What the reward is the change of. */
  private shapingOfState(): number {
    return (130 * this.hull.getPosition().x) / SCALE - 5 * Math.abs(this.state[0]!);
  }

  private observe(out: ObservationArray, at: number): void {
    for (let i = 0; i < 24; i++) out[at + i] = this.state[i]!;
  }
}

/** Turns a joint the way of the sign of `action`, with as much torque as its size says. */
function drive(joint: RevoluteJoint, action: number, speed: number): void {
  joint.setMotorSpeed(speed * Math.sign(action));
  joint.setMaxMotorTorque(MOTOR_TORQUE * Math.min(Math.abs(action), 1));
}
