/**
 * The layers of a custom encoder as rows of the editor. The text is the one value that both change: every edit gives the whole text
 * anew, and a number that cannot be read stays in it as it was typed, so that the form explains it and no run begins with it.
 */
import {
  type Activation,
  type EncoderLayer,
  examineEncoder,
  formatLayer,
  layerTexts,
  parseLayer,
} from '../../../config/encoders.ts';
import { parseNumber } from '../../../config/parse.ts';
import type { ObservationSpace } from '../../../envs/spaces.ts';
import { type LayerSummary, summariseLayers } from '../../../networks/networkSummary.ts';
import { messageOf } from '../../notices.ts';
import { type LayerFieldName, type LayerKind, layerDocs, layerFields } from './layerFields.ts';

export interface LayerRow {
  readonly text: string;
  /** Null where not even the kind can be read. */
  readonly kind: LayerKind | null;
  /** As they are written. */
  readonly numbers: Readonly<Partial<Record<LayerFieldName, string>>>;
  /** Null where the layer has none. */
  readonly activation: Activation | null;
  /** Null from the first layer on that cannot be read or does not fit. */
  readonly summary: LayerSummary | null;
  /** A sentence that says what is wrong here and what to do. */
  readonly problem: string | null;
}

/** The rows of this text, examined for what is observed. */
export function layerRows(text: string, space: ObservationSpace): LayerRow[] {
  const drafts = layerTexts(text).map(readDraft);
  const readable: EncoderLayer[] = [];
  for (const { layer } of drafts) {
    if (!layer) break;
    readable.push(layer);
  }
  const { shapes, problem } = examineEncoder(readable, space.shape);
  const summaries = summariseLayers(readable.slice(0, shapes.length - 1), space);
  const endsEarly = readable.length < drafts.length && shapes.length > readable.length;
  return drafts.map(({ layer: _, ...draft }, i) => ({
    ...draft,
    summary: summaries[i] ?? null,
    problem: draft.problem ?? (problem?.layer === i && !endsEarly ? problem.message : null),
  }));
}

interface Draft extends Omit<LayerRow, 'summary'> {
  readonly layer: EncoderLayer | null;
}

/** Like the patterns of `parseLayer`, with any word in place of a number. */
const draftPatterns = {
  conv: /^conv (?<filters>\S+) (?<kernel>\S+?)x(?<kernelWidth>\S+?)(?: stride (?<stride>\S+))?(?: pad (?<padding>\S+))?(?: (?<activation>tanh|relu|linear))?$/,
  residual: /^residual (?<filters>\S+)$/,
  dense: /^dense (?<width>\S+)(?: (?<activation>tanh|relu|linear))?$/,
  relu: /^relu$/,
} as const;

function readDraft(text: string): Draft {
  for (const kind of Object.keys(draftPatterns) as LayerKind[]) {
    const match = draftPatterns[kind].exec(text);
    if (!match) continue;
    const { activation, kernelWidth, ...written }: Readonly<Record<string, string | undefined>> = match.groups ?? {};
    const numbers: Partial<Record<LayerFieldName, string>> = {};
    for (const name of layerDocs[kind].fields) numbers[name] = written[name] ?? String(layerFields[name].default);
    if (kernelWidth !== undefined && kernelWidth !== numbers.kernel) numbers.kernel += `x${kernelWidth}`;
    const wrong = layerDocs[kind].fields.find((name) => !isWhole(numbers[name]!));
    return {
      text,
      kind,
      numbers,
      activation: kind === 'conv' || kind === 'dense' ? ((activation ?? 'relu') as Activation) : null,
      layer: wrong ? null : parseLayer(text),
      problem: wrong ? `${layerFields[wrong].label} must be a whole number, not "${numbers[wrong]}".` : null,
    };
  }
  return { text, kind: null, numbers: {}, activation: null, layer: null, problem: problemWith(text) };
}

export const isWhole = (number: string): boolean => /^\d+$/.test(number);

function problemWith(text: string): string | null {
  try {
    parseLayer(text);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

const join = (layers: readonly string[]): string => layers.join(', ');

const replaced = (text: string, at: number, layer: string): string => join(layerTexts(text).with(at, layer));

/** A number was typed into a field of the row. */
export function withNumber(text: string, at: number, row: LayerRow, name: LayerFieldName, typed: string): string {
  const value = parseNumber(typed);
  const isCount = Number.isInteger(value) && value >= 0;
  // Commas and spaces would end the number, or the layer.
  const number = isCount ? String(value) : typed.trim().replace(/[\s,]/g, '_').toLowerCase() || '?';
  return replaced(text, at, draftText({ ...row, numbers: { ...row.numbers, [name]: number } }));
}

export const withActivation = (text: string, at: number, row: LayerRow, activation: Activation): string =>
  replaced(text, at, draftText({ ...row, activation }));

function draftText({ kind, numbers, activation }: LayerRow): string {
  switch (kind) {
    case 'conv':
      return `conv ${numbers.filters} ${numbers.kernel}x${numbers.kernel} stride ${numbers.stride} pad ${numbers.padding} ${activation}`;
    case 'residual':
      return `residual ${numbers.filters}`;
    case 'dense':
      return `dense ${numbers.width} ${activation}`;
    default:
      return 'relu';
  }
}

/** The layer changes places with its neighbour. */
export function moved(text: string, at: number, by: 1 | -1): string {
  const layers = layerTexts(text);
  const [layer, neighbour] = [layers[at], layers[at + by]];
  return layer === undefined || neighbour === undefined ? text : join(layers.with(at + by, layer).with(at, neighbour));
}

export const without = (text: string, at: number): string => join(layerTexts(text).toSpliced(at, 1));

const newLayers: Readonly<Record<LayerKind, EncoderLayer>> = {
  conv: { kind: 'conv', filters: 16, kernel: 3, stride: 1, padding: 0, activation: 'relu' },
  residual: { kind: 'residual', filters: 16 },
  dense: { kind: 'dense', width: 64, activation: 'relu' },
  relu: { kind: 'relu' },
};

/** One more layer: at the end, or before the dense layers if it needs an image. */
export function added(text: string, kind: LayerKind): { text: string; at: number } {
  const layers = layerTexts(text);
  const firstDense = layers.findIndex((layer) => layer.startsWith('dense'));
  const at = needsImage(kind) && firstDense >= 0 ? firstDense : layers.length;
  return { text: join(layers.toSpliced(at, 0, formatLayer(newLayers[kind]))), at };
}

export const needsImage = (kind: LayerKind): boolean => kind === 'conv' || kind === 'residual';
