/** Pictures of the five tasks. Most have no picture in the original: these show what an agent has to know. */
import type { Canvas2D, Palette } from '../canvas.ts';
import type { EnvDefinition } from '../env.ts';
import { fillDisc, fillRoundRect, paintScene, strokeLine, tracePolygon, type View } from '../scene.ts';
import { COLUMNS, ROWS } from './catch.ts';
import { PAY_STEPS } from './discountingChain.ts';

const GAP = 0.08;

export const catchAspectRatio = (COLUMNS + 0.6) / (ROWS + 0.6);

/** Snapshot: row and column of the ball, column of the paddle. */
export const drawCatch: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  const [ballRow, ballColumn, paddle] = snapshot as unknown as [number, number, number];
  paintScene(context, width, height, boardView(COLUMNS, ROWS), palette.background, () => {
    drawBoard(context, COLUMNS, ROWS, palette.grid);
    context.fillStyle = palette.primary;
    fillRoundRect(context, paddle + GAP, 0.15, 1 - 2 * GAP, 0.35, 0.12);
    context.fillStyle = palette.secondary;
    fillDisc(context, ballColumn + 0.5, ROWS - ballRow - 0.5, 0.3);
  });
};

export const deepSeaAspectRatio = 1;

/** Snapshot: row and column of the diver. The treasure lies below the lower right corner. */
export const drawDeepSea =
  (size: number): EnvDefinition['draw'] =>
  (context, snapshot, width, height, palette) => {
    const [row, column] = snapshot as unknown as [number, number];
    paintScene(context, width, height, boardView(size, size + 1), palette.background, () => {
      context.translate(0, 1);
      drawBoard(context, size, size, palette.grid);
      context.strokeStyle = palette.tertiary;
      context.lineWidth = 0.06;
      context.setLineDash([0.2, 0.2]);
      strokeLine(context, 0.5, size - 0.5, size - 0.5, 0.5);
      context.setLineDash([]);
      context.fillStyle = palette.tertiary;
      tracePolygon(context, [size - 0.5, -0.1, size - 0.1, -0.5, size - 0.5, -0.9, size - 0.9, -0.5]);
      context.fill();
      context.fillStyle = palette.primary;
      fillDisc(context, column + 0.5, size - row - 0.5, 0.36);
    });
  };

export const chainAspectRatio = 2;
const chainView = { left: 0, bottom: 0, width: 10, height: 5 } as const satisfies View;

/** Snapshot: steps made, bit asked for, last reward, the bits. The bits are shown while the agent sees them. */
export const drawMemoryChain =
  (length: number): EnvDefinition['draw'] =>
  (context, snapshot, width, height, palette) => {
    const [steps, query, reward, ...bits] = snapshot as unknown as [number, number, number, ...number[]];
    const isShown = steps <= 1;
    const isAsked = steps >= length;
    paintScene(context, width, height, chainView, palette.background, () => {
      drawTimeline(context, steps / (length + 1), palette);
      const radius = Math.min(0.6, 4 / bits.length);
      bits.forEach((bit, i) => {
        const x = 5 + (i - (bits.length - 1) / 2) * radius * 2.3;
        context.lineWidth = 0.08;
        context.strokeStyle = isAsked && i === query ? palette.secondary : palette.line;
        context.fillStyle = !isShown ? palette.grid : bit === 1 ? palette.primary : palette.background;
        context.beginPath();
        context.arc(x, 3.2, radius, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      });
      drawVerdict(context, reward, palette);
    });
  };

/** Snapshot: whether an umbrella is needed and taken, steps made, last reward. */
export const drawUmbrella =
  (length: number): EnvDefinition['draw'] =>
  (context, snapshot, width, height, palette) => {
    const [isNeeded, isTaken, steps, reward] = snapshot as unknown as [number, number, number, number];
    paintScene(context, width, height, chainView, palette.background, () => {
      drawTimeline(context, steps / length, palette);
      if (isNeeded === 1) drawRain(context, palette.primary);
      else drawSun(context, palette.secondary);
      context.globalAlpha = isTaken === 1 ? 1 : 0.15;
      drawOpenUmbrella(context, palette.line);
      context.globalAlpha = 1;
      drawVerdict(context, reward, palette);
    });
  };

export const discountingChainAspectRatio = 2;

/** Snapshot: chosen chain (−1 before the choice), steps made, best chain. Time runs on a logarithmic scale. */
export const drawDiscountingChain: EnvDefinition['draw'] = (context, snapshot, width, height, palette) => {
  const [chain, steps, bestChain] = snapshot as unknown as [number, number, number];
  const xOf = (step: number) => 0.6 + (8.8 * Math.log(1 + step)) / Math.log(101);
  paintScene(context, width, height, chainView, palette.background, () => {
    PAY_STEPS.forEach((payStep, i) => {
      const y = 4.3 - i * 0.9;
      context.lineWidth = 0.05;
      context.strokeStyle = i === chain ? palette.line : palette.grid;
      strokeLine(context, xOf(0), y, xOf(payStep), y);
      context.fillStyle = i === bestChain ? palette.tertiary : palette.secondary;
      context.globalAlpha = i === chain && steps >= payStep ? 0.3 : 1;
      fillDisc(context, xOf(payStep), y, i === bestChain ? 0.24 : 0.18);
      context.globalAlpha = 1;
    });
    context.fillStyle = palette.primary;
    if (chain >= 0) fillDisc(context, xOf(Math.min(steps, PAY_STEPS[chain]!)), 4.3 - chain * 0.9, 0.14);
  });
};

function boardView(columns: number, rows: number): View {
  return { left: -0.3, bottom: -0.3, width: columns + 0.6, height: rows + 0.6 };
}

function drawBoard(context: Canvas2D, columns: number, rows: number, colour: string): void {
  context.fillStyle = colour;
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) fillRoundRect(context, x + GAP / 2, y + GAP / 2, 1 - GAP, 1 - GAP, 0.12);
  }
}

/** A bar along the lower edge that fills with the share of the episode that has passed. */
function drawTimeline(context: Canvas2D, share: number, palette: Palette): void {
  context.fillStyle = palette.grid;
  fillRoundRect(context, 0.5, 0.6, 9, 0.24, 0.12);
  context.fillStyle = palette.line;
  fillDisc(context, 0.62 + 8.76 * share, 0.72, 0.2);
}

/** A line above the timeline: green for a reward above 0, orange for one below. */
function drawVerdict(context: Canvas2D, reward: number, palette: Palette): void {
  if (reward === 0) return;
  context.fillStyle = reward > 0 ? palette.tertiary : palette.secondary;
  fillRoundRect(context, 0.5, 1.2, 9, 0.14, 0.07);
}

function drawRain(context: Canvas2D, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 0.06;
  for (let i = 0; i < 9; i++) {
    const x = 1.2 + i * 0.95;
    const y = 4.5 - (i % 3) * 0.35;
    strokeLine(context, x, y, x - 0.12, y - 0.4);
  }
}

function drawSun(context: Canvas2D, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 0.08;
  fillDisc(context, 8, 3.8, 0.45);
  for (let ray = 0; ray < 8; ray++) {
    const angle = (ray * Math.PI) / 4;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    strokeLine(context, 8 + 0.62 * cos, 3.8 + 0.62 * sin, 8 + 0.82 * cos, 3.8 + 0.82 * sin);
  }
}

function drawOpenUmbrella(context: Canvas2D, colour: string): void {
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = 0.1;
  context.beginPath();
  context.arc(5, 2.9, 1.1, 0, Math.PI);
  context.fill();
  strokeLine(context, 5, 2.9, 5, 1.8);
  context.beginPath();
  context.arc(4.82, 1.8, 0.18, Math.PI, 2 * Math.PI);
  context.stroke();
}
