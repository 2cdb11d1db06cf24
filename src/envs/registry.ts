/** Every environment of the project, by its id. */
import { acrobot } from './acrobot/definition.ts';
import { bipedalWalker, bipedalWalkerHardcore } from './bipedalWalker/definition.ts';
import { bsuiteDefinitions } from './bsuite/definitions.ts';
import { cartPole, cartPoleWithoutVelocities } from './cartPole/definition.ts';
import type { EnvDefinition } from './env.ts';
import { lunarLander, lunarLanderContinuous } from './lunarLander/definition.ts';
import { minAtarDefinitions } from './minatar/definitions.ts';
import { miniGridDefinitions } from './miniGrid/definitions.ts';
import { mountainCar, mountainCarContinuous } from './mountainCar/definition.ts';
import { pendulum } from './pendulum/definition.ts';
import { pixelPong } from './pixelPong/definition.ts';

export const envDefinitions: readonly EnvDefinition[] = [
  cartPole,
  mountainCar,
  mountainCarContinuous,
  acrobot,
  pendulum,
  lunarLander,
  lunarLanderContinuous,
  bipedalWalker,
  bipedalWalkerHardcore,
  cartPoleWithoutVelocities,
  ...bsuiteDefinitions,
  ...minAtarDefinitions,
  ...miniGridDefinitions,
  pixelPong,
];

/** The environment of this id; throws with the known ids, the likeliest first, where there is none. */
export function findEnv(id: string): EnvDefinition {
  const found = envDefinitions.find((definition) => definition.spec.id === id);
  if (found) return found;
  const known = envDefinitions.map((definition) => definition.spec.id);
  throw new Error(
    `There is no environment "${id}". Did you mean "${nearest(id, known)}"? Known environments: ${known.join(', ')}.`,
  );
}

function nearest(id: string, known: readonly string[]): string {
  const distances = known.map((name) => editDistance(id.toLowerCase(), name.toLowerCase()));
  return known[distances.indexOf(Math.min(...distances))]!;
}

/** Levenshtein's distance: the least number of characters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[to.length]!;
}
