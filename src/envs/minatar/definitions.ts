/** The five games under two sets of rules each: those of the paper (−v0) and a shorter, plainer one (−v1). */
import type { EnvDefinition } from '../env.ts';
import { asterix } from './asterix.ts';
import { breakout } from './breakout.ts';
import { drawMinAtar, minAtarAspectRatio } from './drawMinAtar.ts';
import { freeway } from './freeway.ts';
import { CELLS, type GameKind } from './game.ts';
import { MinAtarEnv, type MinAtarRules, minAtarSpec } from './minAtarEnv.ts';
import { seaquest } from './seaquest.ts';
import { spaceInvaders } from './spaceInvaders.ts';

/**
 * The rules of the paper (Young and Tian 2019): all six actions, each step repeats the last move with probability 0.1,
 * and games that can become harder do. The original sets no time limit: this one is for agents that never lose.
 */
const paperRules = (kind: GameKind): MinAtarRules => ({
  id: `MinAtar/${kind.name}-v0`,
  moves: [0, 1, 2, 3, 4, 5],
  stickyProbability: 0.1,
  isRamping: true,
  maxEpisodeSteps: 10_000,
});

/** The shorter rules: only the actions that do something, none of them sticky, and at most 1000 steps. */
const minimalRules = (kind: GameKind): MinAtarRules => ({
  id: `MinAtar/${kind.name}-v1`,
  moves: kind.usefulMoves,
  stickyProbability: 0,
  isRamping: true,
  maxEpisodeSteps: 1000,
});

const define = (kind: GameKind, rules: MinAtarRules): EnvDefinition => ({
  spec: minAtarSpec(kind, rules),
  create: () => new MinAtarEnv(kind, rules),
  snapshotSize: CELLS,
  aspectRatio: minAtarAspectRatio,
  draw: drawMinAtar(kind.channels),
});

export const minAtarDefinitions: readonly EnvDefinition[] = [
  breakout,
  spaceInvaders,
  freeway,
  asterix,
  seaquest,
].flatMap((kind) => [define(kind, paperRules(kind)), define(kind, minimalRules(kind))]);
