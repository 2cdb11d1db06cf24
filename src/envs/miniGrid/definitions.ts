import type { EnvDefinition } from '../env.ts';
import { drawMiniGrid, miniGridAspectRatio } from './drawMiniGrid.ts';
import { MiniGridEnv, type MiniGridTask, miniGridSpec, snapshotSizeOf } from './miniGridEnv.ts';
import { doorKey, emptyRoom, fourRooms, keyCorridorS3R1, memoryS7 } from './tasks.ts';

const define = (task: MiniGridTask): EnvDefinition => ({
  spec: miniGridSpec(task),
  create: () => new MiniGridEnv(task),
  snapshotSize: snapshotSizeOf(task),
  aspectRatio: miniGridAspectRatio(task.width, task.height),
  draw: drawMiniGrid,
});

export const miniGridDefinitions: readonly EnvDefinition[] = [
  emptyRoom(5),
  emptyRoom(8),
  doorKey(5),
  doorKey(8),
  fourRooms,
  keyCorridorS3R1,
  memoryS7,
].map(define);
