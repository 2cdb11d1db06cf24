/** A canvas that keeps a list of what was drawn on it, for tests without a DOM. */
import type { Canvas2D } from '../src/envs/canvas.ts';

/** The name of a method or property, and its arguments or the value assigned. */
export type DrawingCommand = readonly [name: string, ...values: unknown[]];

export interface RecordingCanvas {
  readonly context: Canvas2D;
  readonly commands: readonly DrawingCommand[];
}

const methods = [
  'save',
  'restore',
  'translate',
  'rotate',
  'scale',
  'beginPath',
  'closePath',
  'moveTo',
  'lineTo',
  'arc',
  'roundRect',
  'fill',
  'stroke',
  'fillRect',
  'clearRect',
  'setLineDash',
] as const satisfies readonly (keyof Canvas2D)[];

const properties = [
  'fillStyle',
  'strokeStyle',
  'lineWidth',
  'lineCap',
  'lineJoin',
  'globalAlpha',
] as const satisfies readonly (keyof Canvas2D)[];

/** Anything that is not part of `Canvas2D` is missing here, so using it throws. */
export function makeRecordingCanvas(): RecordingCanvas {
  const commands: DrawingCommand[] = [];
  const context: Record<string, unknown> = {};
  for (const name of methods) {
    context[name] = (...values: unknown[]) => {
      commands.push([name, ...values.map((value) => (Array.isArray(value) ? [...value] : value))]);
    };
  }
  for (const name of properties) {
    Object.defineProperty(context, name, { set: (value) => commands.push([name, value]) });
  }
  return { context: Object.seal(context) as unknown as Canvas2D, commands };
}
