import type { Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillRoundRect, paintScene } from '../scene.ts';
import { CELLS, type Channel, SIZE } from './game.ts';

const MARGIN = 0.3;
const GAP = 0.06;
const view = { left: -MARGIN, bottom: -MARGIN, width: SIZE + 2 * MARGIN, height: SIZE + 2 * MARGIN } as const;
export const minAtarAspectRatio = 1;

/** A drawing of the grid. Its snapshot is the uppermost channel of each cell, row after row from the top; −1 if empty. */
export function drawMinAtar(channels: readonly Channel[]): EnvDefinition['draw'] {
  return (context, snapshot, width, height, palette: Palette) => {
    paintScene(context, width, height, view, palette.background, () => {
      for (let cell = 0; cell < CELLS; cell++) {
        const x = cell % SIZE;
        const y = SIZE - 1 - Math.floor(cell / SIZE);
        const channel = channels[snapshot[cell]!];
        context.fillStyle = palette.grid;
        fillRoundRect(context, x + GAP / 2, y + GAP / 2, 1 - GAP, 1 - GAP, 0.12);
        if (!channel) continue;
        context.globalAlpha = channel.opacity;
        context.fillStyle = palette[channel.colour];
        fillRoundRect(context, x + GAP / 2, y + GAP / 2, 1 - GAP, 1 - GAP, 0.12);
        context.globalAlpha = 1;
      }
    });
  };
}
