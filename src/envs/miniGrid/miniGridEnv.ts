/**
 * MiniGrid (Chevalier-Boisvert et al. 2023): an agent that sees 7 × 7 cells before it walks through rooms with doors and
 * keys. The tasks differ in their worlds and in what ends them.
 *
 * Observation: `image` of MiniGrid, uint8 [7, 7, 3]: columns from left to right, rows from far to near, and kind, colour
 * and state of each cell. The rest of MiniGrid's observation is `direction` and `mission` of the environment.
 * Action: left, right, forward, pickup, drop, toggle, done.
 * Reward: 1 − 0.9 · steps / maximum for the success that ends an episode, else 0.
 */
import { NumpyRandom, type RandomSource } from '../../math/numpyRandom.ts';
import type { Env, EnvSpec, Seed } from '../env.ts';
import type { ObservationArray } from '../spaces.ts';
import { VIEW_SIZE, View } from './view.ts';
import { Colour, DoorState, FORWARD_X, FORWARD_Y, Kind, World } from './world.ts';

export const Act = { left: 0, right: 1, forward: 2, pickup: 3, drop: 4, toggle: 5, done: 6 } as const;

/** How a step ends an episode beside the goal square, which always does. */
export type Verdict = 'goes on' | 'success' | 'failure';

/** What tells one task from another. */
export interface MiniGridTask {
  readonly id: string;
  readonly doc: string;
  readonly width: number;
  readonly height: number;
  readonly maxSteps: number;
  /** Whether nothing blocks the view. */
  readonly seesThroughWalls?: boolean;
  /** Whether picking up is treated as toggling, so that nothing can be taken. */
  readonly cannotPickUp?: boolean;
  /** Furnishes the world, which has nothing but a wall around it, and puts the agent into it. */
  readonly build: (world: World, random: RandomSource) => void;
  /** Judges the world after an action. */
  readonly judge?: (world: World, action: number) => Verdict;
  readonly mission: (world: World) => string;
}

/** The largest code of any plane; MiniGrid declares 255. */
const LARGEST_CODE = Math.max(Kind.goal, Colour.grey, DoorState.locked);

export const miniGridSpec = (task: MiniGridTask): EnvSpec => ({
  id: task.id,
  doc: task.doc,
  observationSpace: { kind: 'box', shape: [VIEW_SIZE, VIEW_SIZE, 3], dtype: 'uint8', low: [0], high: [LARGEST_CODE] },
  actionSpace: { kind: 'discrete', n: 7, names: Object.keys(Act) },
  maxEpisodeSteps: task.maxSteps,
  rewardThreshold: null,
  framesPerSecond: 10,
});

/** Of a snapshot: width, height, agent x, y, direction, carried kind and colour; then one number per cell. */
export const SNAPSHOT_HEADER = 7;
export const snapshotSizeOf = (task: MiniGridTask): number => SNAPSHOT_HEADER + task.width * task.height;

export class MiniGridEnv implements Env<number> {
  readonly spec: EnvSpec;
  reward = 0;
  terminated = false;
  readonly world: World;
  private readonly task: MiniGridTask;
  private readonly view: View;
  private readonly random = new NumpyRandom(0);
  private steps = 0;

  constructor(task: MiniGridTask) {
    this.spec = miniGridSpec(task);
    this.task = task;
    this.world = new World(task.width, task.height);
    this.view = new View(this.world, task.seesThroughWalls ?? false);
  }

  /** What the agent is to do in this episode, in words. */
  get mission(): string {
    return this.task.mission(this.world);
  }

  /** Where the agent looks: 0 right, 1 down, 2 left, 3 up. */
  get direction(): number {
    return this.world.direction;
  }

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.world.clear();
    this.task.build(this.world, this.random);
    this.steps = 0;
    this.reward = 0;
    this.terminated = false;
    this.observe(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    this.steps += 1;
    const executed = action === Act.pickup && this.task.cannotPickUp ? Act.toggle : action;
    const hasReachedGoal = act(this.world, executed);
    const verdict = hasReachedGoal ? 'success' : (this.task.judge?.(this.world, executed) ?? 'goes on');
    this.terminated = verdict !== 'goes on';
    this.reward = verdict === 'success' ? 1 - (0.9 * this.steps) / this.task.maxSteps : 0;
    this.observe(out, at);
  }

  /** The header, then per cell kind + 16 · colour + 128 · state, and 512 more where the agent sees it. */
  snapshot(out: Float64Array): void {
    const { world, view } = this;
    out[0] = world.width;
    out[1] = world.height;
    out[2] = world.agentX;
    out[3] = world.agentY;
    out[4] = world.direction;
    out[5] = world.carriedKind;
    out[6] = world.carriedColour;
    for (let cell = 0; cell < world.kinds.length; cell++) {
      out[SNAPSHOT_HEADER + cell] = world.kinds[cell]! + 16 * world.colours[cell]! + 128 * world.states[cell]!;
    }
    view.look();
    view.cells.forEach((cell, i) => {
      if (cell >= 0 && view.lit[i] === 1) out[SNAPSHOT_HEADER + cell]! += 512;
    });
  }

  private observe(out: ObservationArray, at: number): void {
    this.view.look();
    this.view.write(out, at);
  }
}

/** Carries out an action. Returns whether it led onto a goal. */
function act(world: World, action: number): boolean {
  switch (action) {
    case Act.left:
      world.direction = (world.direction + 3) % 4;
      return false;
    case Act.right:
      world.direction = (world.direction + 1) % 4;
      return false;
    case Act.forward:
      return walk(world);
    case Act.pickup:
      pickUp(world);
      return false;
    case Act.drop:
      drop(world);
      return false;
    case Act.toggle:
      toggle(world);
      return false;
    default:
      return false;
  }
}

function walk(world: World): boolean {
  const cell = world.cellInFront;
  const kind = world.kinds[cell]!;
  const isOpenDoor = kind === Kind.door && world.states[cell] === DoorState.open;
  if (kind !== Kind.empty && kind !== Kind.goal && !isOpenDoor) return false;
  world.agentX += FORWARD_X[world.direction]!;
  world.agentY += FORWARD_Y[world.direction]!;
  return kind === Kind.goal;
}

function pickUp(world: World): void {
  const cell = world.cellInFront;
  const kind = world.kinds[cell]!;
  if (world.carriedKind !== Kind.empty || (kind !== Kind.key && kind !== Kind.ball)) return;
  world.carriedKind = kind;
  world.carriedColour = world.colours[cell]!;
  world.putAt(cell, Kind.empty, 0);
}

function drop(world: World): void {
  const cell = world.cellInFront;
  if (world.carriedKind === Kind.empty || world.kinds[cell] !== Kind.empty) return;
  world.putAt(cell, world.carriedKind, world.carriedColour);
  world.carriedKind = Kind.empty;
  world.carriedColour = 0;
}

/** A locked door opens to the key of its colour, and is never locked again. */
function toggle(world: World): void {
  const cell = world.cellInFront;
  if (world.kinds[cell] !== Kind.door) return;
  const state = world.states[cell]!;
  if (state === DoorState.locked) {
    const hasKey = world.carriedKind === Kind.key && world.carriedColour === world.colours[cell];
    if (hasKey) world.states[cell] = DoorState.open;
  } else {
    world.states[cell] = state === DoorState.open ? DoorState.closed : DoorState.open;
  }
}
