/** Pictures of the two panels: above what is asked for next, below what was done last, and a bar for what it earned. */
import type { Canvas2D, Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillDisc, fillRoundRect, paintScene, strokeLine, type View } from '../scene.ts';
import { DIGITS } from './dials.ts';
import { NUM_LAMPS } from './lights.ts';

export const panelAspectRatio = 2;
const panelView = { left: 0, bottom: 0, width: 10, height: 5 } as const satisfies View;

/** Snapshot: digit asked of each dial, digit each shows, last reward. */
export const drawDials: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  paintScene(context, width, height, panelView, palette.background, () => {
    for (const [dial, digits] of DIGITS.entries()) {
      context.save();
      context.translate(2 + 3 * dial, 3);
      drawDial(context, digits, snapshot[dial]!, snapshot[DIGITS.length + dial]!, palette);
      context.restore();
    }
    drawEarnings(context, snapshot[2 * DIGITS.length]!, palette);
  });
};

/** A face with a mark for each digit, the one asked for large, and a hand. */
function drawDial(context: Canvas2D, digits: number, asked: number, shown: number, palette: Palette): void {
  const radius = 1.3;
  context.fillStyle = palette.grid;
  fillDisc(context, 0, 0, radius);
  for (let digit = 0; digit < digits; digit++) {
    const [x, y] = onDial(digit, digits, radius - 0.28);
    context.fillStyle = digit === asked ? palette.secondary : palette.line;
    fillDisc(context, x, y, digit === asked ? 0.22 : 0.08);
  }
  const [x, y] = onDial(shown, digits, radius - 0.6);
  context.strokeStyle = palette.primary;
  context.lineWidth = 0.2;
  strokeLine(context, 0, 0, x, y);
}

/** The first digit at ten o'clock, the last at two. */
function onDial(digit: number, digits: number, radius: number): [x: number, y: number] {
  const angle = (Math.PI / 6) * (5 - (4 * digit) / (digits - 1));
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Snapshot: the pattern, the lamps, last reward. */
export const drawLights: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  paintScene(context, width, height, panelView, palette.background, () => {
    for (let i = 0; i < NUM_LAMPS; i++) {
      const x = 5 + (i - (NUM_LAMPS - 1) / 2) * 1.5;
      drawLamp(context, x, 3.9, snapshot[i] === 1 ? palette.secondary : palette.grid, palette.line);
      drawLamp(context, x, 2.2, snapshot[NUM_LAMPS + i] === 1 ? palette.primary : palette.grid, palette.line);
    }
    drawEarnings(context, snapshot[2 * NUM_LAMPS]!, palette);
  });
};

function drawLamp(context: Canvas2D, x: number, y: number, colour: string, line: string): void {
  context.fillStyle = colour;
  context.strokeStyle = line;
  context.lineWidth = 0.05;
  context.beginPath();
  context.arc(x, y, 0.55, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** A bar along the lower edge, as long as the share of what could be earned; orange where it is a loss. */
function drawEarnings(context: Canvas2D, share: number, palette: Palette): void {
  context.fillStyle = palette.grid;
  fillRoundRect(context, 0.5, 0.5, 9, 0.3, 0.15);
  if (share === 0) return;
  context.fillStyle = share > 0 ? palette.tertiary : palette.secondary;
  fillRoundRect(context, 0.5, 0.5, 9 * Math.abs(share), 0.3, 0.15);
}
