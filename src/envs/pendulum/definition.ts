import type { EnvDefinition } from '../env.ts';
import { drawPendulum, pendulumAspectRatio } from './drawPendulum.ts';
import { Pendulum, pendulumSpec } from './pendulum.ts';

export const pendulum: EnvDefinition = {
  spec: pendulumSpec,
  create: () => new Pendulum(),
  snapshotSize: 2,
  aspectRatio: pendulumAspectRatio,
  draw: drawPendulum,
};
