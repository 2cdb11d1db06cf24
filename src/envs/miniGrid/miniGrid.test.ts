import { describe, expect, it } from 'vitest';
import { asGym } from '../gym.ts';
import { findEnv } from '../registry.ts';
import { Act, MiniGridEnv, type MiniGridTask } from './miniGridEnv.ts';
import { doorKey, emptyRoom, fourRooms, keyCorridorS3R1, memoryS7 } from './tasks.ts';
import { Colour, DoorState, Kind, type World } from './world.ts';

const { left, right, forward, pickup, drop, toggle, done } = Act;
const WALL = [2, 5, 0];
const EMPTY = [1, 0, 0];
const UNSEEN = [0, 0, 0];

/** Plays actions from one seed; tells the last observation by view cell, and the world. */
function play(task: MiniGridTask, actions: readonly number[], seed = 0, prepare: (world: World) => void = () => {}) {
  const env = new MiniGridEnv(task);
  const image = new Uint8Array(147);
  env.reset(image, 0, seed);
  prepare(env.world);
  const rewards = actions.map((action) => {
    expect(env.terminated).toBe(false);
    env.step(action, image, 0);
    return env.reward;
  });
  const seen = (column: number, row: number) => [...image.slice((column * 7 + row) * 3, (column * 7 + row) * 3 + 3)];
  return { env, world: env.world, rewards, seen };
}

/** A room of 9 × 9 cells with the agent in the middle, looking right, and whatever a test puts there. */
const room = (furnish: (world: World) => void, overrides: Partial<MiniGridTask> = {}): MiniGridTask => ({
  id: 'Room',
  doc: 'A room.',
  width: 9,
  height: 9,
  maxSteps: 100,
  build: (world) => {
    world.putAgent(4, 4, 0);
    furnish(world);
  },
  mission: () => '',
  ...overrides,
});

describe('The view of a MiniGrid agent', () => {
  it('shows Empty-5x5 from its start as MiniGrid does', () => {
    const { seen } = play(emptyRoom(5), []);
    for (let row = 0; row < 7; row++) expect(seen(2, row)).toEqual(WALL);
    expect([0, 1, 2, 3, 4, 5, 6].map((row) => seen(3, row))).toEqual([WALL, WALL, WALL, WALL, EMPTY, EMPTY, EMPTY]);
    expect(seen(5, 4)).toEqual([8, 1, 0]);
  });

  it('turns with the agent: what lies on its left is in the left half', () => {
    const withBall = room((world) => world.put(4, 2, Kind.ball, Colour.blue));
    const ball = [6, 2, 0];
    expect(play(withBall, [done]).seen(1, 6)).toEqual(ball);
    expect(play(withBall, [left]).seen(3, 4)).toEqual(ball);
    expect(play(withBall, [left, left]).seen(5, 6)).toEqual(ball);
  });

  it('does not see behind a wall, but the wall itself', () => {
    const { seen } = play(
      room((world) => {
        for (let y = 1; y < 8; y++) world.putWall(5, y);
      }),
      [done],
    );
    for (let column = 0; column < 7; column++) {
      expect(seen(column, 5)).toEqual(WALL);
      expect(seen(column, 4)).toEqual(UNSEEN);
    }
  });

  it.each([
    [DoorState.open, EMPTY],
    [DoorState.closed, UNSEEN],
    [DoorState.locked, UNSEEN],
  ])('sees through a door in state %d: %j behind it', (state, behind) => {
    const { seen } = play(
      room((world) => {
        for (let y = 1; y < 8; y++) world.putWall(5, y);
        world.put(5, 4, Kind.door, Colour.red, state);
      }),
      [done],
    );
    expect(seen(3, 5)).toEqual([4, 0, state]);
    expect(seen(3, 4)).toEqual(behind);
  });

  it('shows what the agent carries in its own cell', () => {
    const { seen } = play(
      room((world) => world.put(5, 4, Kind.key, Colour.purple)),
      [pickup],
    );
    expect(seen(3, 6)).toEqual([5, 3, 0]);
    expect(seen(3, 5)).toEqual(EMPTY);
  });
});

describe('A step in MiniGrid', () => {
  it('walks onto empty cells and goals, and not into walls, keys and closed doors', () => {
    const into = (kind: number, state = 0) =>
      play(
        room((world) => world.put(5, 4, kind, Colour.red, state)),
        [forward],
      );
    expect(into(Kind.empty).world.agentX).toBe(5);
    expect(into(Kind.goal).rewards).toEqual([1 - 0.9 / 100]);
    expect(into(Kind.door, DoorState.open).world.agentX).toBe(5);
    for (const [kind, state] of [[Kind.wall], [Kind.key], [Kind.ball], [Kind.door, DoorState.closed]] as const) {
      expect(into(kind, state).world.agentX).toBe(4);
    }
  });

  it('drops what is carried onto an empty cell only', () => {
    const { world } = play(
      room((world) => {
        world.put(5, 4, Kind.key, Colour.red);
        world.put(3, 4, Kind.ball, Colour.blue);
      }),
      [pickup, left, left, drop, right, drop],
    );
    expect(world.kinds[world.cellAt(3, 4)]).toBe(Kind.ball);
    expect(world.kinds[world.cellAt(4, 3)]).toBe(Kind.key);
    expect(world.carriedKind).toBe(Kind.empty);
  });

  it('carries one thing at a time', () => {
    const { world } = play(
      room((world) => {
        world.put(5, 4, Kind.key, Colour.red);
        world.put(4, 3, Kind.ball, Colour.blue);
      }),
      [pickup, left, pickup],
    );
    expect(world.carriedKind).toBe(Kind.key);
  });

  it('unlocks a door with the key of its colour only, which is kept; after that it opens and closes', () => {
    const stateAfter = (keyColour: number, actions: number[]) => {
      const { world } = play(
        room((world) => {
          world.put(5, 4, Kind.key, keyColour);
          world.put(4, 3, Kind.door, Colour.green, DoorState.locked);
        }),
        [pickup, left, ...actions],
      );
      expect(world.carriedKind).toBe(Kind.key);
      return world.states[world.cellAt(4, 3)];
    };
    expect(stateAfter(Colour.red, [toggle])).toBe(DoorState.locked);
    expect(stateAfter(Colour.green, [toggle])).toBe(DoorState.open);
    expect(stateAfter(Colour.green, [toggle, toggle])).toBe(DoorState.closed);
    expect(stateAfter(Colour.green, [toggle, toggle, toggle])).toBe(DoorState.open);
  });
});

describe('The MiniGrid tasks', () => {
  it('pay for the goal of Empty by the steps it took', () => {
    expect(play(emptyRoom(5), [forward, forward, right, forward, forward]).rewards.at(-1)).toBeCloseTo(0.955, 12);
    const across = Array<number>(5).fill(forward);
    expect(play(emptyRoom(8), [...across, right, ...across]).rewards.at(-1)).toBe(1 - (0.9 * 11) / 256);
  });

  it('count the steps of each episode anew', () => {
    const env = new MiniGridEnv(emptyRoom(5));
    const image = new Uint8Array(147);
    for (let episode = 0; episode < 2; episode++) {
      env.reset(image, 0);
      for (const action of [forward, forward, right, forward, forward]) env.step(action, image, 0);
      expect(env.reward).toBeCloseTo(0.955, 12);
    }
  });

  it('set both flags where the goal is reached in the last step, and pay 0.1', () => {
    const gym = asGym(findEnv('MiniGrid-Empty-5x5-v0'));
    gym.reset({ seed: 0 });
    for (const action of [forward, forward, right, forward]) gym.step(action);
    for (let step = 5; step < 100; step++) gym.step(done);
    const [, reward, terminated, truncated] = gym.step(forward);
    expect([terminated, truncated]).toEqual([true, true]);
    expect(reward).toBeCloseTo(0.1, 12);
  });

  it('put DoorKey’s agent and key on the near side of a wall with a locked door', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { world } = play(doorKey(8), [], seed);
      const door = world.kinds.indexOf(Kind.door);
      const key = world.kinds.indexOf(Kind.key);
      expect(world.states[door]).toBe(DoorState.locked);
      expect(world.colours[key]).toBe(world.colours[door]);
      expect(Math.max(key % 8, world.agentX)).toBeLessThan(door % 8);
      expect(world.kinds[world.cellAt(world.agentX, world.agentY)]).toBe(Kind.empty);
      expect(door % 8).toBeLessThan(6);
    }
  });

  it('connect the four rooms, in which every free cell can be reached', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { world } = play(fourRooms, [], seed);
      const free = world.kinds.filter((kind) => kind !== Kind.wall).length;
      expect(free).toBe(4 * 64 + 4);
      expect(countReachable(world)).toBe(free);
    }
  });

  it('reward the agent of Memory beside the object it saw first, and end without a reward at the other', () => {
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      for (const turn of [left, right]) {
        const { env, world, rewards } = play(memoryS7, [forward, forward, forward, forward, turn, forward], seed, (w) =>
          w.putAgent(1, 3, 0),
        );
        const reached = world.cellAt(5, turn === left ? 1 : 5);
        const isMatch = world.kinds[reached] === world.kinds[world.cellAt(1, 2)];
        expect(env.terminated).toBe(true);
        expect(rewards.at(-1)).toBe(isMatch ? 1 - (0.9 * 6) / 245 : 0);
        outcomes.add(`${turn} ${isMatch}`);
      }
    }
    expect(outcomes.size).toBe(4);
  });

  it('let nobody take the objects of Memory', () => {
    const { world } = play(memoryS7, [pickup], 0, (w) => w.putAgent(1, 3, 3));
    expect(world.carriedKind).toBe(Kind.empty);
  });

  it('solve KeyCorridor by fetching the key, unlocking the door, dropping it where it lay and taking the ball', () => {
    const { env, rewards } = play(
      keyCorridorS3R1,
      [
        toggle,
        forward,
        pickup,
        left,
        left,
        forward,
        toggle,
        left,
        left,
        forward,
        drop,
        left,
        left,
        forward,
        forward,
        pickup,
      ],
      1,
      (world) => world.putAgent(3, 1, 2),
    );
    expect(env.terminated).toBe(true);
    expect(rewards.at(-1)).toBe(1 - (0.9 * 16) / 270);
    expect(env.mission).toMatch(/^pick up the (red|green|blue|purple|yellow|grey) ball$/);
  });

  it('never start KeyCorridor looking at the locked door', () => {
    const directions = new Set(
      Array.from({ length: 60 }, (_, seed) => play(keyCorridorS3R1, [], seed).world.direction),
    );
    expect([...directions].sort()).toEqual([1, 2, 3]);
  });
});

function countReachable(world: World): number {
  const seen = new Set<number>();
  const pending = [world.cellAt(world.agentX, world.agentY)];
  for (let cell = pending.pop(); cell !== undefined; cell = pending.pop()) {
    if (seen.has(cell) || world.kinds[cell] === Kind.wall) continue;
    seen.add(cell);
    pending.push(cell - 1, cell + 1, cell - world.width, cell + world.width);
  }
  return seen.size;
}
