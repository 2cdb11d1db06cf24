import type { EnvDefinition } from '../env.ts';
import { CartPole, cartPoleSpec } from './cartPole.ts';
import { cartPoleAspectRatio, drawCartPole } from './drawCartPole.ts';

export const cartPole: EnvDefinition = {
  spec: cartPoleSpec,
  create: () => new CartPole(),
  snapshotSize: 2,
  aspectRatio: cartPoleAspectRatio,
  draw: drawCartPole,
};
