/** Two panels of our own, for the action spaces that no other environment here has. */
import type { EnvDefinition } from '../env.ts';
import { DIGITS, Dials, dialsSpec } from './dials.ts';
import { drawDials, drawLights, panelAspectRatio } from './drawings.ts';
import { Lights, lightsSpec, NUM_LAMPS } from './lights.ts';

export const panelDefinitions: readonly EnvDefinition[] = [
  {
    spec: dialsSpec,
    create: () => new Dials(),
    snapshotSize: 2 * DIGITS.length + 1,
    aspectRatio: panelAspectRatio,
    draw: drawDials,
  },
  {
    spec: lightsSpec,
    create: () => new Lights(),
    snapshotSize: 2 * NUM_LAMPS + 1,
    aspectRatio: panelAspectRatio,
    draw: drawLights,
  },
];
