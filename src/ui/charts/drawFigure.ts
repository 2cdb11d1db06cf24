/**
 * Draws a figure as an SVG file that needs nothing else: axes with ticks and names, title, legend, every layer. A pure function, so
 * that the page, the export and tests get the same.
 */
import { dotPaths } from './dotPaths.ts';
import type { Figure, FigureAxis, FigureLayer, IntervalPoint } from './figure.ts';
import { palette } from './palette.ts';
import { bandPath, linePath, short } from './paths.ts';
import { axisBetween, type PlotArea, pixel, type Scales } from './scales.ts';

/** Room around the plot, for title, legend and the names of the axes. */
const margin = { top: 78, right: 30, bottom: 54, left: 78 };

/** About the width of a letter at 12 pixels: text cannot be measured outside of a page. */
const letterWidth = 6.4;

export const dotRadius = 1.55;

export function drawFigure(figure: Figure): string {
  const { title, subtitle, width, height, x, y, layers } = figure;
  const plot = {
    x: margin.left,
    y: margin.top,
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom,
  };
  const xAxis = axisBetween(x.domain, plot.x, plot.x + plot.width);
  const yAxis = axisBetween(y.domain, plot.y + plot.height, plot.y);
  if (!xAxis || !yAxis) throw new Error(`The chart ${title} shows a range without any width.`);
  const scales: Scales = { x: xAxis, y: yAxis, plot };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="'IBM Plex Sans', sans-serif" font-size="12" fill="${palette['ink-2']}">`,
    `<title>${escaped(`${title}, ${subtitle}`)}</title>`,
    clip('plot', plot, 0, 2),
    clip('marks', plot, 7, 7),
    `<rect width="${width}" height="${height}" fill="${palette.panel}"/>`,
    `<text x="16" y="28" font-size="16" font-weight="600" fill="${palette.ink}">${escaped(title)}</text>`,
    `<text x="${width - 16}" y="28" text-anchor="end">${escaped(subtitle)}</text>`,
    legend(layers, width),
    xTicks(x, scales),
    yTicks(y, scales),
    ...layers.map((layer) => {
      const room = layer.kind === 'intervals' ? 'marks' : 'plot';
      return `<g clip-path="url(#${room})" stroke-linejoin="round">${drawLayer(layer, scales)}</g>`;
    }),
    ...layers.map((layer) => levelName(layer, scales)),
    '</svg>\n',
  ].join('');
}

/** Marks at the edge are shown whole; lines end there. */
const clip = (id: string, { x, y, width, height }: PlotArea, roomX: number, roomY: number): string =>
  `<clipPath id="${id}"><rect x="${x - roomX}" y="${y - roomY}" width="${width + 2 * roomX}" height="${height + 2 * roomY}"/></clipPath>`;

function xTicks({ domain, label, tickText }: FigureAxis, { x, plot }: Scales): string {
  const bottom = plot.y + plot.height;
  const ticks = domain.ticks.map((tick) => ({ px: short(pixel(x, tick)), text: escaped(tickText(tick)) }));
  return (
    `<path d="M${plot.x} ${bottom}h${plot.width}${ticks.map(({ px }) => `M${px} ${bottom}v4`).join('')}" stroke="${palette['rule-2']}"/>` +
    `<g class="x-ticks" text-anchor="middle">${ticks.map(({ px, text }) => `<text x="${px}" y="${bottom + 18}">${text}</text>`).join('')}</g>` +
    `<text class="x-label" x="${plot.x + plot.width / 2}" y="${bottom + 42}" text-anchor="middle" fill="${palette.ink}">${escaped(label)}</text>`
  );
}

function yTicks({ domain, label, tickText }: FigureAxis, { y, plot }: Scales): string {
  const ticks = domain.ticks.map((tick) => ({ py: pixel(y, tick), text: escaped(tickText(tick)) }));
  const middle = plot.y + plot.height / 2;
  return (
    `<path d="${ticks.map(({ py }) => `M${plot.x} ${short(py)}h${plot.width}`).join('')}" stroke="${palette.rule}"/>` +
    `<g class="y-ticks" text-anchor="end">${ticks.map(({ py, text }) => `<text x="${plot.x - 8}" y="${short(py + 4)}">${text}</text>`).join('')}</g>` +
    `<text class="y-label" transform="translate(20 ${middle}) rotate(-90)" text-anchor="middle" fill="${palette.ink}">${escaped(label)}</text>`
  );
}

function drawLayer(layer: FigureLayer, scales: Scales): string {
  switch (layer.kind) {
    case 'band':
      return `<path d="${bandPath(layer.points, scales)}" fill="${palette[layer.colour]}" opacity="0.16"/>`;
    case 'line':
      return drawLine(layer, scales);
    case 'dots':
      return dotPaths(layer.xs, layer.ys, scales)
        .map((path) => `<path d="${path}" ${dotStyle(palette[layer.colour])}/>`)
        .join('');
    case 'intervals':
      return `<g fill="none" stroke="${palette[layer.colour]}" stroke-width="1.4">${intervals(layer.points, scales)}</g>`;
    case 'level': {
      const { plot, y } = scales;
      return `<path d="M${plot.x} ${short(pixel(y, layer.value))}h${plot.width}" ${levelStyle}/>`;
    }
  }
}

/** Keeps a text readable on dots and lines. */
const haloStyle = `stroke="${palette.panel}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;

const levelStyle = `stroke="${palette['ink-3']}" stroke-dasharray="5 4"`;

const dotStyle = (colour: string): string =>
  `fill="none" stroke="${colour}" stroke-width="${2 * dotRadius}" stroke-linecap="round" opacity="0.26"`;

function drawLine(layer: FigureLayer & { readonly kind: 'line' }, scales: Scales): string {
  const path = linePath(layer.points, scales);
  const dash = layer.dash ? ` stroke-dasharray="${layer.dash}"` : '';
  const colour = palette[layer.colour];
  const dots = layer.hasDots
    ? layer.points.map((point) => {
        const [cx, cy] = [short(pixel(scales.x, point.x)), short(pixel(scales.y, point.mean))];
        return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
      })
    : [];
  return (
    `<path d="${path}" fill="none" stroke="${palette.panel}" stroke-width="${layer.width + 2.6}" opacity="0.85"/>` +
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${layer.width}"${dash}/>${dots.join('')}`
  );
}

/** A diamond at the mean, over whiskers from minimum to maximum. */
const intervals = (points: readonly IntervalPoint[], { x, y }: Scales): string =>
  points
    .map((point) => {
      const px = pixel(x, point.x);
      const [low, middle, high] = [point.min, point.mean, point.max].map((value) => short(pixel(y, value)));
      const [left, at] = [short(px - 3.5), short(px)];
      return (
        `<path d="M${at} ${low}V${high}M${left} ${low}h7M${left} ${high}h7"/>` +
        `<path d="M${at} ${middle}m0 -5l5 5l-5 5l-5 -5z" fill="${palette.panel}"/>`
      );
    })
    .join('');

/** Only where the axis reaches the level. */
function levelName(layer: FigureLayer, { y, plot }: Scales): string {
  if (layer.kind !== 'level' || layer.name === '') return '';
  const py = pixel(y, layer.value);
  if (!isInside(py, plot)) return '';
  const baseline = py - plot.y > 18 ? py - 5 : py + 14;
  return `<text x="${plot.x + 6}" y="${short(baseline)}" font-size="11" fill="${palette['ink-2']}" ${haloStyle}>${escaped(layer.name)}</text>`;
}

const isInside = (py: number, plot: PlotArea): boolean => py >= plot.y && py <= plot.y + plot.height;

/** One row, or several where the names are long. Levels are named where they lie. */
function legend(layers: readonly FigureLayer[], width: number): string {
  let [x, y] = [16, 54];
  const items = layers
    .filter(({ kind, name }) => kind !== 'level' && name !== '')
    .map((layer) => {
      const itemWidth = 26 + letterWidth * layer.name.length + 18;
      if (x > 16 && x + itemWidth > width) [x, y] = [16, y + 16];
      const item = `<g transform="translate(${short(x)} ${y})">${legendKey(layer)}<text x="26">${escaped(layer.name)}</text></g>`;
      x += itemWidth;
      return item;
    });
  return `<g class="legend">${items.join('')}</g>`;
}

function legendKey(layer: FigureLayer): string {
  if (layer.kind === 'level') return '';
  const colour = palette[layer.colour];
  switch (layer.kind) {
    case 'band':
      return `<rect y="-9" width="20" height="9" fill="${colour}" opacity="0.16"/>`;
    case 'dots':
      return `<path d="M10 -4h0" ${dotStyle(colour)}/>`;
    case 'intervals':
      return `<path d="M10 -12v16M6.5 -12h7M6.5 4h7M10 -9l5 5l-5 5l-5 -5z" fill="${palette.panel}" stroke="${colour}" stroke-width="1.4"/>`;
    case 'line':
      return `<path d="M0 -4h20" stroke="${colour}" stroke-width="${layer.width}"${layer.dash ? ` stroke-dasharray="${layer.dash}"` : ''}/>`;
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);
