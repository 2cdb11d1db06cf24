import type { EnvDefinition } from '../env.ts';
import { drawLunarLander, lunarLanderAspectRatio, lunarLanderSnapshotSize } from './drawLunarLander.ts';
import { LunarLander, lunarLanderContinuousSpec, lunarLanderSpec } from './lunarLander.ts';

export const lunarLander: EnvDefinition = {
  spec: lunarLanderSpec,
  create: () => new LunarLander(),
  snapshotSize: lunarLanderSnapshotSize,
  aspectRatio: lunarLanderAspectRatio,
  draw: drawLunarLander,
};

export const lunarLanderContinuous: EnvDefinition = {
  ...lunarLander,
  spec: lunarLanderContinuousSpec,
  create: () => new LunarLander({ continuous: true }),
};
