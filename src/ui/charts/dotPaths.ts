/** Many translucent dots as a few SVG paths: each dot is a line of no length with round ends. */
import { short } from './paths.ts';
import { pixel, type Scales } from './scales.ts';

/** Dots nearer to one another than this lie on one another, in pixels. */
const cell = 1.5;

/** So many at one place are opaque: (1 − 0.26)^8 = 0.09. Further ones would change nothing. */
const mostInPlace = 8;

/**
 * A path covers a pixel once, however often it passes. So the n-th dot at a place goes to the n-th path; laid over one another, they
 * become dark where dots are many, as single dots do.
 */
export function dotPaths(xs: ArrayLike<number>, ys: ArrayLike<number>, { x, y, plot }: Scales): string[] {
  const columns = Math.ceil(plot.width / cell) + 1;
  const rows = Math.ceil(plot.height / cell) + 1;
  const numInPlace = new Uint8Array(columns * rows);
  const paths: string[][] = [];
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [pixel(x, xs[i]!), pixel(y, ys[i]!)];
    const [column, row] = [Math.floor((px - plot.x) / cell), Math.floor((py - plot.y) / cell)];
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) continue;
    const layer = numInPlace[row * columns + column]!++;
    if (layer >= mostInPlace) {
      numInPlace[row * columns + column] = mostInPlace; // It must not start anew at 256.
      continue;
    }
    paths[layer] ??= [];
    paths[layer].push(`M${short(px)} ${short(py)}h0`);
  }
  return paths.map((path) => path.join(''));
}
