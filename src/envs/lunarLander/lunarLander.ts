/**
 * LunarLander-v3: set a lander down on a pad between two flags, as in Gymnasium 1.4.0. The first observation of a seed
 * agrees within 1e-6, episodes until rounding has grown: Gymnasium's engine computes in float32, this one in float64.
 *
 * Observation: position (from the pad, in half widths of the picture and the like), velocity, angle (rad), angular
 * velocity, and for each leg whether it touches the ground.
 * Action: nothing, left engine, main engine, right engine; or with `continuous` two throttles in [−1, 1], main and side.
 * Reward: for coming nearer, slower and upright to the pad, and for each leg on the ground; minus the fuel; at the end
 * −100 for a crash or for leaving the picture sideways, 100 for coming to rest.
 * Start: at the top in the middle with a random push, over random terrain.
 * End: terminated by a crash, by leaving the picture or by coming to rest; truncated after 1000 steps.
 */
import { type Body, Box, Edge, Polygon, RevoluteJoint, Vec2, type World } from 'planck';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { createOrderedWorld, forgetGround } from '../box2d/orderedWorld.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { Action, ActionSpace, ObservationArray } from '../spaces.ts';

/** Pixels of the original's picture to a metre, and its size in metres. */
const SCALE = 30;
export const WIDTH = 600 / SCALE;
export const HEIGHT = 400 / SCALE;

const STEPS_PER_SECOND = 50;
const VELOCITY_ITERATIONS = 180;
const POSITION_ITERATIONS = 60;

const MAIN_ENGINE_POWER = 13;
const SIDE_ENGINE_POWER = 0.6;
const INITIAL_PUSH = 1000;

const CHUNKS = 11;
export const PAD_HEIGHT = HEIGHT / 4;
/** x of the corners of the terrain; the pad reaches from corner 4 to corner 6. */
export const CORNER_X: readonly number[] = Array.from({ length: CHUNKS }, (_, i) => (WIDTH / (CHUNKS - 1)) * i);

/** Corners in pixels from the origin of the lander. */
export const LANDER_CORNERS = [
  [-14, 17],
  [-17, 0],
  [-17, -10],
  [17, -10],
  [17, 0],
  [14, 17],
].map(([x, y]) => new Vec2(x! / SCALE, y! / SCALE));

const LEG_AWAY = 20 / SCALE;
const LEG_DOWN = 18 / SCALE;
export const LEG_HALF_WIDTH = 2 / SCALE;
export const LEG_HALF_HEIGHT = 8 / SCALE;
const LEG_SPRING_TORQUE = 40;
const SIDE_ENGINE_HEIGHT = 14 / SCALE;
const SIDE_ENGINE_AWAY = 12 / SCALE;

const GROUND_CATEGORY = 0x0001;
const LANDER_CATEGORY = 0x0010;
const LEG_CATEGORY = 0x0020;

const bounds = [2.5, 2.5, 10, 10, Math.fround(2 * Math.PI), 10];

const specOf = (id: string, doc: string, actionSpace: ActionSpace): EnvSpec => ({
  id,
  doc,
  observationSpace: {
    kind: 'box',
    shape: [8],
    dtype: 'float32',
    low: [...bounds.map((bound) => -bound), 0, 0],
    high: [...bounds, 1, 1],
  },
  actionSpace,
  maxEpisodeSteps: 1000,
  rewardThreshold: 200,
  framesPerSecond: STEPS_PER_SECOND,
});

export const lunarLanderSpec = specOf(
  'LunarLander-v3',
  'Set a lander down between two flags with as little fuel as possible; a crash costs 100.',
  { kind: 'discrete', n: 4, names: ['nothing', 'left engine', 'main engine', 'right engine'] },
);

export const lunarLanderContinuousSpec = specOf(
  'LunarLanderContinuous-v3',
  'Set a lander with throttles down between two flags with as little fuel as possible; a crash costs 100.',
  { kind: 'box', shape: [2], dtype: 'float32', low: [-1], high: [1] },
);

export interface LunarLanderOptions {
  /** Throttles in place of engines that are on or off. */
  readonly continuous?: boolean;
  /** Vertical acceleration in m/s², between −12 and 0. */
  readonly gravity?: number;
  readonly enableWind?: boolean;
  /** Largest force of the wind, 0 … 20. */
  readonly windPower?: number;
  /** Largest torque of the wind, 0 … 2. */
  readonly turbulencePower?: number;
}

interface Leg {
  readonly body: Body;
  /** Set when a contact begins and cleared when one ends, even if the leg still touches another piece of ground. */
  isOnGround: boolean;
}

/** Thrust of both engines in one step. */
interface Thrust {
  /** 0, or 0.5 … 1. */
  main: number;
  /** 0, or 0.5 … 1. */
  side: number;
  /** Which side engine: −1 turns the lander one way, 1 the other. */
  direction: number;
}

export class LunarLander implements Env {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  /** y of the corners of the terrain, in metres. */
  readonly terrain = new Float64Array(CHUNKS);
  /** Where the wind is in its course; meaningless without wind. */
  windIndex = 0;
  torqueIndex = 0;
  private readonly random = new NumpyRandom(0);
  private readonly gravity: number;
  private readonly enableWind: boolean;
  private readonly windPower: number;
  private readonly turbulencePower: number;
  private world!: World;
  private lander!: Body;
  private legs: readonly Leg[] = [];
  private hasCrashed = false;
  private readonly thrust: Thrust = { main: 0, side: 0, direction: 1 };
  /** The observation in float64. */
  private readonly state = new Float64Array(8);
  private shaping = 0;

  constructor(options: LunarLanderOptions = {}) {
    const { continuous = false, gravity = -10, enableWind = false, windPower = 15, turbulencePower = 1.5 } = options;
    if (!(gravity > -12 && gravity < 0)) {
      throw new RangeError(`The gravity of LunarLander must lie between −12 and 0, but it is ${gravity}.`);
    }
    this.spec = continuous ? lunarLanderContinuousSpec : lunarLanderSpec;
    this.gravity = gravity;
    this.enableWind = enableWind;
    this.windPower = windPower;
    this.turbulencePower = turbulencePower;
  }

  /** The bodies, for those who look into the world: the lander and its legs. */
  get bodies(): readonly Body[] {
    return [this.lander, ...this.legs.map((leg) => leg.body)];
  }

  /** Builds a new world and lets one step pass without thrust, whose draws count and whose reward does not. */
  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.hasCrashed = false;
    this.world = createOrderedWorld({ x: 0, y: this.gravity });
    this.listenForContacts();
    this.createTerrain();
    this.createLander();
    forgetGround(this.world);
    this.setThrust(0, 0, 1);
    this.advance();
    this.shaping = this.shapingOfState();
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: Action, out: ObservationArray, at: number): void {
    if (typeof action === 'number') this.setThrust(action === 2 ? 1 : 0, action % 2, action - 2);
    else this.setThrottles(action[0]!, action[1]!);
    this.advance();
    const shaping = this.shapingOfState();
    this.reward = shaping - this.shaping - 0.3 * this.thrust.main - 0.03 * this.thrust.side;
    this.shaping = shaping;
    this.judge();
    this.observe(out, at);
  }

  /** x, y and angle of the lander and of each leg; thrust of the main and, signed, of the side engines; the terrain. */
  snapshot(out: Float64Array): void {
    this.bodies.forEach((body, i) => {
      const { x, y } = body.getPosition();
      out[3 * i] = x;
      out[3 * i + 1] = y;
      out[3 * i + 2] = body.getAngle();
    });
    out[9] = this.thrust.main;
    out[10] = this.thrust.side * this.thrust.direction;
    out.set(this.terrain, 11);
  }

  private listenForContacts(): void {
    const setFlags = (bodies: readonly Body[], isOnGround: boolean) => {
      for (const leg of this.legs) if (bodies.includes(leg.body)) leg.isOnGround = isOnGround;
    };
    this.world.on('begin-contact', (contact) => {
      const bodies = [contact.getFixtureA().getBody(), contact.getFixtureB().getBody()];
      if (bodies.includes(this.lander)) this.hasCrashed = true;
      setFlags(bodies, true);
    });
    this.world.on('end-contact', (contact) => {
      setFlags([contact.getFixtureA().getBody(), contact.getFixtureB().getBody()], false);
    });
  }

  /** Random heights, flat at the pad, each then averaged with its neighbours; and a floor at the very bottom. */
  private createTerrain(): void {
    const heights = Array.from({ length: CHUNKS + 1 }, () => this.random.uniform(0, HEIGHT / 2));
    heights.fill(PAD_HEIGHT, 3, 8);
    for (let i = 0; i < CHUNKS; i++) {
      this.terrain[i] = 0.33 * (heights.at(i - 1)! + heights[i]! + heights[i + 1]!);
    }
    const ground = this.world.createBody();
    ground.createFixture({ shape: new Edge(new Vec2(0, 0), new Vec2(WIDTH, 0)) });
    for (let i = 0; i < CHUNKS - 1; i++) {
      const from = new Vec2(CORNER_X[i]!, this.terrain[i]!);
      const to = new Vec2(CORNER_X[i + 1]!, this.terrain[i + 1]!);
      ground.createFixture({ shape: new Edge(from, to), friction: 0.1 });
    }
  }

  /** The lander with its push, then the wind, then the legs: the order of Gymnasium's draws and bodies. */
  private createLander(): void {
    this.lander = this.world.createBody({ type: 'dynamic', position: new Vec2(WIDTH / 2, HEIGHT) });
    this.lander.createFixture({
      shape: new Polygon(LANDER_CORNERS),
      density: 5,
      friction: 0.1,
      filterCategoryBits: LANDER_CATEGORY,
      filterMaskBits: GROUND_CATEGORY,
    });
    const pushX = this.random.uniform(-INITIAL_PUSH, INITIAL_PUSH);
    const pushY = this.random.uniform(-INITIAL_PUSH, INITIAL_PUSH);
    this.lander.applyForceToCenter(new Vec2(pushX, pushY), true);
    if (this.enableWind) {
      this.windIndex = this.random.integers(-9999, 9999);
      this.torqueIndex = this.random.integers(-9999, 9999);
    }
    this.legs = [-1, 1].map((side) => this.createLeg(side));
  }

  /** A leg on a spring: a motor that presses it outwards, and limits. */
  private createLeg(side: number): Leg {
    const body = this.world.createBody({
      type: 'dynamic',
      position: new Vec2(WIDTH / 2 - side * LEG_AWAY, HEIGHT),
      angle: side * 0.05,
    });
    body.createFixture({
      shape: new Box(LEG_HALF_WIDTH, LEG_HALF_HEIGHT),
      density: 1,
      filterCategoryBits: LEG_CATEGORY,
      filterMaskBits: GROUND_CATEGORY,
    });
    this.world.createJoint(
      new RevoluteJoint({
        bodyA: this.lander,
        bodyB: body,
        localAnchorA: new Vec2(0, 0),
        localAnchorB: new Vec2(side * LEG_AWAY, LEG_DOWN),
        // The angle between the bodies at creation, which Gymnasium's binding of Box2D fills in.
        referenceAngle: side * 0.05,
        enableMotor: true,
        enableLimit: true,
        maxMotorTorque: LEG_SPRING_TORQUE,
        motorSpeed: 0.3 * side,
        lowerAngle: side < 0 ? 0.9 - 0.5 : -0.9,
        upperAngle: side < 0 ? 0.9 : -0.9 + 0.5,
      }),
    );
    return { body, isOnGround: false };
  }

  private setThrust(main: number, side: number, direction: number): void {
    this.thrust.main = main;
    this.thrust.side = side;
    this.thrust.direction = direction;
  }

  /** The main engine works from half its power on, the side engines from half of theirs. */
  private setThrottles(main: number, side: number): void {
    const mainThrust = main > 0 ? (Math.min(main, 1) + 1) / 2 : 0;
    const sideThrust = Math.abs(side) > 0.5 ? Math.min(Math.abs(side), 1) : 0;
    this.setThrust(mainThrust, sideThrust, Math.sign(side));
  }

  private advance(): void {
    if (this.enableWind && this.legs.every((leg) => !leg.isOnGround)) this.blow();
    this.fireEngines();
    this.world.step(1 / STEPS_PER_SECOND, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
    this.updateState();
  }

  private blow(): void {
    this.lander.applyForceToCenter(new Vec2(gust(this.windIndex++) * this.windPower, 0), true);
    this.lander.applyTorque(gust(this.torqueIndex++) * this.turbulencePower, true);
  }

  /** The engines' jets scatter a little; this is drawn whether they fire or not. */
  private fireEngines(): void {
    const { lander, thrust } = this;
    const { x, y } = lander.getPosition();
    const sin = Math.sin(lander.getAngle());
    const cos = Math.cos(lander.getAngle());
    const scatter0 = this.random.uniform(-1, 1) / SCALE;
    const scatter1 = this.random.uniform(-1, 1) / SCALE;
    if (thrust.main > 0) {
      const down = 4 / SCALE + 2 * scatter0;
      const offsetX = sin * down - cos * scatter1;
      const offsetY = -cos * down - sin * scatter1;
      const power = MAIN_ENGINE_POWER * thrust.main;
      lander.applyLinearImpulse(new Vec2(-offsetX * power, -offsetY * power), new Vec2(x + offsetX, y + offsetY), true);
    }
    if (thrust.side > 0) {
      const away = 3 * scatter1 + thrust.direction * SIDE_ENGINE_AWAY;
      const offsetX = sin * scatter0 - cos * away;
      const offsetY = -cos * scatter0 - sin * away;
      const power = SIDE_ENGINE_POWER * thrust.side;
      // 17 and 14: the original mixes two heights here.
      lander.applyLinearImpulse(
        new Vec2(-offsetX * power, -offsetY * power),
        new Vec2(x + offsetX - (sin * 17) / SCALE, y + offsetY + cos * SIDE_ENGINE_HEIGHT),
        true,
      );
    }
  }

  private updateState(): void {
    const { state, lander } = this;
    const position = lander.getPosition();
    const velocity = lander.getLinearVelocity();
    state[0] = (position.x - WIDTH / 2) / (WIDTH / 2);
    state[1] = (position.y - (PAD_HEIGHT + LEG_DOWN)) / (HEIGHT / 2);
    state[2] = (velocity.x * (WIDTH / 2)) / STEPS_PER_SECOND;
    state[3] = (velocity.y * (HEIGHT / 2)) / STEPS_PER_SECOND;
    state[4] = lander.getAngle();
    state[5] = (20 * lander.getAngularVelocity()) / STEPS_PER_SECOND;
    state[6] = this.legs[0]!.isOnGround ? 1 : 0;
    state[7] = this.legs[1]!.isOnGround ? 1 : 0;
  }

  /** What the reward is the change of. */
  private shapingOfState(): number {
    const [x, y, velocityX, velocityY, angle, , leg0, leg1] = this.state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return (
      -100 * Math.sqrt(x * x + y * y) -
      100 * Math.sqrt(velocityX * velocityX + velocityY * velocityY) -
      100 * Math.abs(angle) +
      10 * leg0 +
      10 * leg1
    );
  }

  private judge(): void {
    if (this.hasCrashed || Math.abs(this.state[0]!) >= 1) {
      this.terminated = true;
      this.reward = -100;
    }
    if (!this.lander.isAwake()) {
      this.terminated = true;
      this.reward = 100;
    }
  }

  private observe(out: ObservationArray, at: number): void {
    for (let i = 0; i < 8; i++) out[at + i] = this.state[i]!;
  }
}

/** The course of the wind, between −1 and 1, never repeating. */
const gust = (index: number): number => Math.tanh(Math.sin(0.02 * index) + Math.sin(Math.PI * 0.01 * index));
