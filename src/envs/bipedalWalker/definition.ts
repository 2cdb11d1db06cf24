import type { EnvDefinition } from '../env.ts';
import { BipedalWalker, bipedalWalkerHardcoreSpec, bipedalWalkerSpec, snapshotAt } from './bipedalWalker.ts';
import { bipedalWalkerAspectRatio, drawBipedalWalker } from './drawBipedalWalker.ts';

export const bipedalWalker: EnvDefinition = {
  spec: bipedalWalkerSpec,
  create: () => new BipedalWalker(),
  snapshotSize: snapshotAt.end,
  aspectRatio: bipedalWalkerAspectRatio,
  draw: drawBipedalWalker,
};

export const bipedalWalkerHardcore: EnvDefinition = {
  ...bipedalWalker,
  spec: bipedalWalkerHardcoreSpec,
  create: () => new BipedalWalker({ hardcore: true }),
};
