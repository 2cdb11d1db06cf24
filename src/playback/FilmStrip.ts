/** The pictures of a film: one for each state of an episode, or of several side by side until the longest is over. */
import { palettes } from '../envs/canvas.ts';
import type { EnvDefinition } from '../envs/env.ts';
import { findEnv } from '../envs/registry.ts';
import { drawState } from './drawState.ts';
import { type EpisodeRecording, recordEpisode } from './recordEpisode.ts';
import type { FilmSettings, Take } from './recorder.api.ts';

/** Between pictures; even, as all sizes are. */
const gap = 4;
const lineHeight = 22;
const margin = 10;
/** Narrower pictures have name and numbers in two lines. */
const oneLineWidth = 400;

/** Encoders of H.264 take even sizes only. */
const even = (size: number): number => 2 * Math.round(size / 2);

interface Pane {
  readonly left: number;
  readonly height: number;
  readonly caption: string | null;
  readonly definition: EnvDefinition;
  readonly recording: EpisodeRecording;
}

export class FilmStrip {
  /** T + 1 of the longest episode */
  readonly length: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly canvas: OffscreenCanvas;
  readonly returns: readonly number[];
  readonly #panes: readonly Pane[];
  readonly #paneWidth: number;
  readonly #captionLines: 1 | 2;
  readonly #theme: FilmSettings['theme'];
  readonly #picture = new OffscreenCanvas(1, 1);

  /** Replays the episodes. Draws on `canvas`, whose size it sets. */
  constructor(takes: readonly Take[], { width, theme }: FilmSettings, canvas = new OffscreenCanvas(1, 1)) {
    this.#theme = theme;
    this.#paneWidth = even(width);
    this.#captionLines = width < oneLineWidth ? 2 : 1;
    this.#panes = takes.map(({ request, caption }, i) => {
      const definition = findEnv(request.env);
      return {
        left: i * (this.#paneWidth + gap),
        height: even(this.#paneWidth / definition.aspectRatio),
        caption,
        definition,
        recording: recordEpisode(request),
      };
    });
    this.returns = this.#panes.map(({ recording }) => recording.trace.return);
    this.length = Math.max(...this.#panes.map(({ recording }) => recording.snapshots.length));
    this.framesPerSecond = this.#panes[0]!.definition.spec.framesPerSecond;
    this.width = takes.length * (this.#paneWidth + gap) - gap;
    this.height = Math.max(...this.#panes.map((pane) => pane.height + this.#captionHeight(pane)));
    this.canvas = canvas;
    canvas.width = this.width;
    canvas.height = this.height;
  }

  #captionHeight({ caption }: Pane): number {
    return caption === null ? 0 : this.#captionLines * lineHeight + 6;
  }

  /** State `step` of every episode; its last one where it is over. */
  draw(step: number): OffscreenCanvasRenderingContext2D {
    const context = this.canvas.getContext('2d')!;
    context.fillStyle = palettes[this.#theme].background;
    context.fillRect(0, 0, this.width, this.height);
    for (const pane of this.#panes) {
      const { left, height, definition, recording, caption } = pane;
      const state = Math.min(step, recording.trace.length);
      const size = { theme: this.#theme, width: this.#paneWidth, height, pixelRatio: 1 };
      drawState(this.#picture, definition, recording.snapshots[state]!, size);
      context.drawImage(this.#picture, left, 0);
      if (caption !== null) this.#drawCaption(context, pane, caption, state);
    }
    return context;
  }

  #drawCaption(context: OffscreenCanvasRenderingContext2D, pane: Pane, caption: string, state: number): void {
    const { left, height, recording } = pane;
    const { length, returns } = recording.trace;
    const numbers = `${state === length ? 'ended at step' : 'step'} ${state}   return ${Number(returns[state]!.toFixed(1))}`;
    const firstLine = height + 3 + lineHeight / 2;
    const textWidth = this.#paneWidth - 2 * margin;
    context.fillStyle = palettes[this.#theme].line;
    context.font = '13px system-ui, sans-serif';
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    if (this.#captionLines === 2) {
      context.fillText(caption, left + margin, firstLine, textWidth);
      context.fillText(numbers, left + margin, firstLine + lineHeight, textWidth);
      return;
    }
    context.fillText(caption, left + margin, firstLine, textWidth - margin - context.measureText(numbers).width);
    context.textAlign = 'right';
    context.fillText(numbers, left + this.#paneWidth - margin, firstLine);
  }
}
