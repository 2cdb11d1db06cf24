/** Fills a canvas with one state of an episode, wherever a policy is shown. */
import { type Canvas2D, palettes } from '../envs/canvas.ts';
import type { EnvDefinition } from '../envs/env.ts';
import type { PictureSettings } from './player.api.ts';

/** Of a page or of a worker. */
interface PictureCanvas {
  width: number;
  height: number;
  getContext(kind: '2d'): object | null;
}

export function drawState(
  canvas: PictureCanvas,
  definition: EnvDefinition,
  snapshot: Float64Array,
  { theme, width, height, pixelRatio }: PictureSettings,
): void {
  const [pixelWidth, pixelHeight] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
  }
  const context = canvas.getContext('2d') as Canvas2D & Pick<OffscreenCanvasRenderingContext2D, 'setTransform'>;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  definition.draw(context, snapshot, width, height, palettes[theme]);
}
