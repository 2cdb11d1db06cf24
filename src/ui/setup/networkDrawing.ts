/** Where the parts of the picture of a network lie. Coordinates are those of its SVG; y counts from the top of a column's row. */
import type { LayerSummary } from '../../networks/networkSummary.ts';
import { outputsOf } from './estimates.ts';

export const drawingWidth = 308;
/** Glyphs lie between 10 and this; captions below. */
export const glyphBottom = 94;
export const middle = 52;
const rowHeight = 148;
/** More do not fit beside one another with their captions. */
const mostPerRow = 5;
const mostUnits = 8;
const unitGap = 11.4;
const mostPlanes = 5;
const planeGap = 3;
/** Pixels a side of the largest and the smallest plane. */
const planeSides = [44, 12] as const;

export interface Plane {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Column {
  readonly layer: LayerSummary;
  /** Its centre. */
  readonly x: number;
  /** Where its row begins. */
  readonly top: number;
  /** Of an image, the hindmost first. */
  readonly planes: readonly Plane[];
  /** Heights of the units of a vector. */
  readonly units: readonly number[];
}

export function columnsOf(layers: readonly LayerSummary[]): Column[] {
  const numRows = Math.ceil(layers.length / mostPerRow);
  const perRow = Math.ceil(layers.length / numRows);
  const largest = Math.max(...layers.filter(isImage).flatMap(({ shape }) => shape.slice(0, 2)));
  return layers.map((layer, i) => {
    const row = Math.floor(i / perRow);
    const inRow = Math.min(perRow, layers.length - row * perRow);
    const margin = inRow === 1 ? drawingWidth / 2 : 30;
    const x = margin + ((i % perRow) * (drawingWidth - 2 * margin)) / Math.max(1, inRow - 1);
    const hasGlyphOfItsOwn = layer.kind === 'relu';
    return {
      layer,
      x,
      top: row * rowHeight,
      planes: isImage(layer) && !hasGlyphOfItsOwn ? planesOf(layer.shape, largest, x) : [],
      units: isImage(layer) || hasGlyphOfItsOwn ? [] : unitsOf(outputsOf(layer), layer.kind),
    };
  });
}

export const drawingHeight = (columns: readonly Column[]): number => (columns.at(-1)?.top ?? 0) + rowHeight;

const isImage = ({ shape }: LayerSummary): boolean => shape.length === 3;

function unitsOf(outputs: number, kind: LayerSummary['kind']): number[] {
  const isHeads = kind === 'heads';
  const n = Math.min(isHeads ? mostUnits - 1 : mostUnits, outputs);
  const apart = isHeads ? unitGap / 2 : 0; // Between policy and baseline.
  return Array.from({ length: n }, (_, i) => middle + (i - (n - 1) / 2) * unitGap + (i === n - 1 ? apart : -apart));
}

/** Sides go with the square root, so that small images remain visible beside large ones. */
function planesOf([height, width, channels]: readonly number[], largest: number, x: number): Plane[] {
  const [most, least] = planeSides;
  const side = (extent: number) => least + (most - least) * Math.sqrt(extent / largest);
  const [w, h] = [side(width!), side(height!)];
  const n = Math.min(mostPlanes, Math.ceil(Math.log2(channels! + 1)));
  return Array.from({ length: n }, (_, i) => {
    const shift = ((n - 1) / 2 - i) * planeGap;
    return { x: x - w / 2 + shift, y: middle - h / 2 - shift, width: w, height: h };
  });
}

/** The lines that lead into a column, as the d of a path; a short arrow where the row begins anew. */
export function connections(from: Column | undefined, to: Column): string {
  if (!from) return '';
  const end = to.x - halfWidth(to);
  if (from.top !== to.top) return `M${end - 14} ${middle}h8m-3 -3l3 3l-3 3`;
  const start = from.x + halfWidth(from);
  const [ys, ends] = [edgesOf(from), edgesOf(to)];
  const isMesh = from.units.length > 0 || to.units.length > 0;
  const pairs = isMesh ? ys.flatMap((y) => ends.map((e) => [y, e])) : ys.map((y, i) => [y, ends[i] ?? middle]);
  return pairs.map(([y, e]) => `M${start} ${y}L${end} ${e}`).join('');
}

function halfWidth({ planes, units }: Column): number {
  const front = planes.at(-1);
  if (front) return front.width / 2 + ((planes.length - 1) / 2) * planeGap;
  return units.length > 0 ? 0 : 13;
}

/** Where lines begin and end: at each unit, or at the edges of an image. */
function edgesOf({ planes, units }: Column): readonly number[] {
  if (units.length > 0) return units;
  const front = planes.at(-1);
  return front ? [front.y, front.y + front.height] : [middle];
}
