import type { EnvDefinition } from '../env.ts';
import { drawMountainCarWithGoal, mountainCarAspectRatio } from './drawMountainCar.ts';
import { GOAL_POSITION, MountainCar, mountainCarSpec } from './mountainCar.ts';
import {
  GOAL_POSITION as CONTINUOUS_GOAL_POSITION,
  MountainCarContinuous,
  mountainCarContinuousSpec,
} from './mountainCarContinuous.ts';

export const mountainCar: EnvDefinition = {
  spec: mountainCarSpec,
  create: () => new MountainCar(),
  snapshotSize: 1,
  aspectRatio: mountainCarAspectRatio,
  draw: drawMountainCarWithGoal(GOAL_POSITION),
};

export const mountainCarContinuous: EnvDefinition = {
  spec: mountainCarContinuousSpec,
  create: () => new MountainCarContinuous(),
  snapshotSize: 1,
  aspectRatio: mountainCarAspectRatio,
  draw: drawMountainCarWithGoal(CONTINUOUS_GOAL_POSITION),
};
