import type { EnvDefinition } from '../env.ts';
import { derive } from '../wrappers/derive.ts';
import { maskObservation } from '../wrappers/observationMask.ts';
import { CartPole, cartPoleSpec } from './cartPole.ts';
import { cartPoleAspectRatio, drawCartPole } from './drawCartPole.ts';

export const cartPole: EnvDefinition = {
  spec: cartPoleSpec,
  create: () => new CartPole(),
  snapshotSize: 2,
  aspectRatio: cartPoleAspectRatio,
  draw: drawCartPole,
};

/** The agent has to remember where things were to know how fast they move. */
export const cartPoleWithoutVelocities: EnvDefinition = derive(cartPole, (env) => maskObservation(env, [0, 2]), {
  id: 'CartPoleWithoutVelocities-v1',
  doc: 'Balance the pole of CartPole without seeing any velocity; every step pays 1.',
  rewardThreshold: null,
});
