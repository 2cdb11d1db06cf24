import type { EnvDefinition } from '../env.ts';
import { Acrobot, acrobotSpec } from './acrobot.ts';
import { acrobotAspectRatio, drawAcrobot } from './drawAcrobot.ts';

export const acrobot: EnvDefinition = {
  spec: acrobotSpec,
  create: () => new Acrobot(),
  snapshotSize: 2,
  aspectRatio: acrobotAspectRatio,
  draw: drawAcrobot,
};
