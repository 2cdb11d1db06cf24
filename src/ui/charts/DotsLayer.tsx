/**
 * One dot for each episode, on a canvas below the frame: twenty thousand SVG elements would stop the page. While the scales stay,
 * only new dots are drawn; after a change all of them are, in portions that leave the page its frames.
 */
import { type RefObject, useEffect, useMemo } from 'react';
import { type Store, useStore } from '../store.ts';
import { themeStore } from '../theme.ts';
import { useScales } from './layers.tsx';
import type { Series } from './runSeries.ts';
import { type PlotDomains, pixel, type Scales } from './scales.ts';

/** Milliseconds of a frame that dots may take, and how many are drawn between two looks at the clock. */
const budgetMs = 4;
const portion = 500;
const radius = 1.55;

interface Props {
  readonly domains: PlotDomains;
  readonly turn: Store<number>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly width: number;
  readonly height: number;
  readonly series: () => Series;
}

export function DotsLayer({ domains, turn, canvas, width, height, series }: Props) {
  const scales = useScales(domains);
  const theme = useStore(themeStore);
  const count = useStore(turn);
  // Other scales, another size, other colours or another axis: everything is drawn anew.
  const picture = useMemo(
    () => scales && { scales, width, height, theme, series, numDrawn: 0, isPrepared: false },
    [scales, width, height, theme, series],
  );

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !picture || count < 0) return;
    if (!picture.isPrepared) prepare(context, picture);
    picture.isPrepared = true;
    let request = 0;
    const drawPortion = () => {
      const dots = picture.series();
      const end = performance.now() + budgetMs;
      while (picture.numDrawn < dots.pyramid.length && performance.now() < end) {
        const to = Math.min(dots.pyramid.length, picture.numDrawn + portion);
        drawDots(context, dots, picture.numDrawn, to, picture.scales);
        picture.numDrawn = to;
      }
      if (picture.numDrawn < dots.pyramid.length) request = requestAnimationFrame(drawPortion);
    };
    drawPortion();
    return () => cancelAnimationFrame(request);
  }, [canvas, picture, count]);
  return null;
}

interface Size {
  readonly scales: Scales;
  readonly width: number;
  readonly height: number;
}

function prepare(context: CanvasRenderingContext2D, { scales, width, height }: Size): void {
  const { canvas } = context;
  canvas.width = width * devicePixelRatio; // This also clears it, and forgets the clip before.
  canvas.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  context.beginPath();
  context.rect(scales.plot.x, 0, scales.plot.width, scales.plot.y + scales.plot.height + 2);
  context.clip();
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--s1');
  context.globalAlpha = 0.26;
}

function drawDots(context: CanvasRenderingContext2D, dots: Series, from: number, to: number, { x, y }: Scales): void {
  for (let i = from; i < to; i++) {
    context.beginPath();
    context.arc(pixel(x, dots.xs[i]!), pixel(y, dots.pyramid.valueAt(i)), radius, 0, 2 * Math.PI);
    context.fill();
  }
}
