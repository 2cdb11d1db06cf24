/** Fills a canvas with one state of an episode, as the player shows it and the recorder films it. */
import type { Canvas2D } from '../envs/canvas.ts';
import { palettes } from '../envs/canvas.ts';
import type { EnvDefinition } from '../envs/env.ts';
import type { PictureSettings } from './player.api.ts';

export function drawState(
  canvas: OffscreenCanvas,
  definition: EnvDefinition,
  snapshot: Float64Array,
  { theme, width, height, pixelRatio }: PictureSettings,
): void {
  const [pixelWidth, pixelHeight] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
  }
  const context = canvas.getContext('2d')!;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  definition.draw(context as Canvas2D, snapshot, width, height, palettes[theme]);
}
