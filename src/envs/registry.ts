/** Every environment of the project, by its id. */
import { nearestName } from '../math/editDistance.ts';
import { acrobot } from './acrobot/definition.ts';
import { bipedalWalker, bipedalWalkerHardcore } from './bipedalWalker/definition.ts';
import { bsuiteDefinitions } from './bsuite/definitions.ts';
import { cartPole, cartPoleWithoutVelocities } from './cartPole/definition.ts';
import type { EnvDefinition } from './env.ts';
import { lunarLander, lunarLanderContinuous } from './lunarLander/definition.ts';
import { minAtarDefinitions } from './minatar/definitions.ts';
import { miniGridDefinitions } from './miniGrid/definitions.ts';
import { mountainCar, mountainCarContinuous } from './mountainCar/definition.ts';
import { panelDefinitions } from './panels/definitions.ts';
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
  ...panelDefinitions,
];

/** The environment of this id; throws with the known ids, the likeliest first, where there is none. */
export function findEnv(id: string): EnvDefinition {
  const found = envDefinitions.find((definition) => definition.spec.id === id);
  if (found) return found;
  const known = envDefinitions.map((definition) => definition.spec.id);
  throw new Error(
    `There is no environment "${id}". Did you mean "${nearestName(id, known)}"? Known environments: ${known.join(', ')}.`,
  );
}
