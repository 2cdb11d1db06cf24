/** The worlds of the MiniGrid tasks, and what ends them. */
import type { RandomSource } from '../../math/numpyRandom.ts';
import { Act, type MiniGridTask, type Verdict } from './miniGridEnv.ts';
import { Colour, colourNames, DoorState, Kind, type World } from './world.ts';

/** An empty room: nothing is random, the goal is in the corner across. */
export const emptyRoom = (size: number): MiniGridTask => ({
  id: `MiniGrid-Empty-${size}x${size}-v0`,
  doc: 'Walk through an empty room to the green square in the corner.',
  width: size,
  height: size,
  maxSteps: 4 * size * size,
  seesThroughWalls: true,
  build: (world) => {
    world.put(size - 2, size - 2, Kind.goal, Colour.green);
    world.putAgent(1, 1, 0);
  },
  mission: () => 'get to the green goal square',
});

/** Two rooms with a locked door between them. The key lies on the agent's side, the goal is on the other. */
export const doorKey = (size: number): MiniGridTask => ({
  id: `MiniGrid-DoorKey-${size}x${size}-v0`,
  doc: 'Find the key, unlock the door with it and walk to the green square behind.',
  width: size,
  height: size,
  maxSteps: 10 * size * size,
  build: (world, random) => {
    world.put(size - 2, size - 2, Kind.goal, Colour.green);
    const wallColumn = random.integers(2, size - 2);
    for (let y = 0; y < size; y++) world.putWall(wallColumn, y);
    world.placeAgent(random, wallColumn);
    world.put(wallColumn, random.integers(1, size - 2), Kind.door, Colour.yellow, DoorState.locked);
    world.place(Kind.key, Colour.yellow, random, wallColumn);
  },
  mission: () => 'use the key to open the door and then get to the goal',
});

/** Four rooms in a square with a gap in each wall between two of them. */
export const fourRooms: MiniGridTask = {
  id: 'MiniGrid-FourRooms-v0',
  doc: 'Find the green square somewhere in four rooms.',
  width: 19,
  height: 19,
  maxSteps: 100,
  build: (world, random) => {
    for (let i = 0; i < 18; i++) {
      world.putWall(9, i);
      world.putWall(i, 9);
    }
    world.empty(9, random.integers(1, 9));
    world.empty(random.integers(1, 9), 9);
    world.empty(random.integers(10, 18), 9);
    world.empty(9, random.integers(10, 18));
    world.placeAgent(random);
    world.place(Kind.goal, Colour.green, random);
  },
  mission: () => 'reach the goal',
};

const memoryMap = ['#######', '#####.#', '#...#.#', '#.....#', '#...#.#', '#####.#', '#######'];
/** Where the ends of the hallway's split are, and where one stands beside them. */
const MEMORY_COLUMN = 5;
const UPPER_END = 1;
const LOWER_END = 5;

/** A room with a key or a ball, and a hallway that splits towards one of each. */
export const memoryS7: MiniGridTask = {
  id: 'MiniGrid-MemoryS7-v0',
  doc: 'Remember the object in the first room and walk to the same one at the end of the hallway.',
  width: 7,
  height: 7,
  maxSteps: 245,
  cannotPickUp: true,
  build: (world, random) => {
    memoryMap.forEach((row, y) => {
      [...row].forEach((cell, x) => {
        if (cell === '#') world.putWall(x, y);
      });
    });
    world.put(1, 2, drawKeyOrBall(random), Colour.green);
    const upper = drawKeyOrBall(random);
    world.put(MEMORY_COLUMN, UPPER_END, upper, Colour.green);
    world.put(MEMORY_COLUMN, LOWER_END, upper === Kind.key ? Kind.ball : Kind.key, Colour.green);
    world.putAgent(random.integers(1, 5), 3, 0);
  },
  judge: judgeMemory,
  mission: () => 'go to the matching object at the end of the hallway',
};

const drawKeyOrBall = (random: RandomSource): number => (random.integers(0, 2) === 0 ? Kind.key : Kind.ball);

function judgeMemory(world: World): Verdict {
  if (world.agentX !== MEMORY_COLUMN) return 'goes on';
  const kindAt = (x: number, y: number) => world.kinds[world.cellAt(x, y)];
  const isUpperRight = kindAt(MEMORY_COLUMN, UPPER_END) === kindAt(1, 2);
  if (world.agentY === UPPER_END + 1) return isUpperRight ? 'success' : 'failure';
  if (world.agentY === LOWER_END - 1) return isUpperRight ? 'failure' : 'success';
  return 'goes on';
}

/** Three cells in a row with a door between each two: the key in the first, the agent in the second, the ball in the third. */
export const keyCorridorS3R1: MiniGridTask = {
  id: 'MiniGrid-KeyCorridorS3R1-v0',
  doc: 'Fetch the key from one room, unlock the other with it and pick up the ball there.',
  width: 7,
  height: 3,
  maxSteps: 270,
  build: (world, random) => {
    const lockColour = random.integers(0, colourNames.length);
    world.put(4, 1, Kind.door, lockColour, DoorState.locked);
    world.put(1, 1, Kind.key, lockColour);
    world.put(5, 1, Kind.ball, random.integers(0, colourNames.length));
    world.put(2, 1, Kind.door, random.integers(0, colourNames.length), DoorState.closed);
    world.putAgent(3, 1, random.integers(1, 4));
  },
  judge: (world, action) => (action === Act.pickup && world.carriedKind === Kind.ball ? 'success' : 'goes on'),
  mission: (world) => `pick up the ${colourNames[findBallColour(world)]} ball`,
};

/** The ball is in the world or, at the end, in the agent's hands. */
function findBallColour(world: World): number {
  const cell = world.kinds.indexOf(Kind.ball);
  return cell >= 0 ? world.colours[cell]! : world.carriedColour;
}
