/** The pictures of one episode, one for each of its states, with a caption line below if asked for. */
import { palettes } from '../envs/canvas.ts';
import type { EnvDefinition } from '../envs/env.ts';
import { findEnv } from '../envs/registry.ts';
import { drawState } from './drawState.ts';
import type { EpisodeRequest } from './episode.api.ts';
import { type EpisodeRecording, recordEpisode } from './recordEpisode.ts';
import type { FilmSettings } from './recorder.api.ts';

const captionHeight = 28;

/** Encoders of H.264 take even sizes only. */
const even = (size: number): number => 2 * Math.round(size / 2);

export class FilmStrip {
  /** T + 1 */
  readonly length: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
  readonly canvas: OffscreenCanvas;
  readonly #definition: EnvDefinition;
  readonly #recording: EpisodeRecording;
  readonly #settings: FilmSettings;
  readonly #picture = new OffscreenCanvas(1, 1);

  /** Replays the episode. Draws on `canvas`, whose size it sets. */
  constructor(request: EpisodeRequest, settings: FilmSettings, canvas = new OffscreenCanvas(1, 1)) {
    this.#definition = findEnv(request.env);
    this.#recording = recordEpisode(request);
    this.#settings = settings;
    this.length = this.#recording.snapshots.length;
    this.framesPerSecond = this.#definition.spec.framesPerSecond;
    this.width = even(settings.width);
    this.height = this.#pictureHeight + (settings.caption === null ? 0 : captionHeight);
    this.canvas = canvas;
    canvas.width = this.width;
    canvas.height = this.height;
  }

  get #pictureHeight(): number {
    return even(this.width / this.#definition.aspectRatio);
  }

  draw(step: number): OffscreenCanvasRenderingContext2D {
    const context = this.canvas.getContext('2d')!;
    const { theme, caption } = this.#settings;
    const size = { theme, width: this.width, height: this.#pictureHeight, pixelRatio: 1 };
    drawState(this.#picture, this.#definition, this.#recording.snapshots[step]!, size);
    context.drawImage(this.#picture, 0, 0);
    if (caption !== null) this.#drawCaption(context, caption, step);
    return context;
  }

  #drawCaption(context: OffscreenCanvasRenderingContext2D, caption: string, step: number): void {
    const { background, line } = palettes[this.#settings.theme];
    const episodeReturn = this.#recording.trace.returns[step]!;
    const numbers = `step ${step}   return ${Number(episodeReturn.toFixed(1))}`;
    const baseline = this.height - captionHeight / 2;
    context.fillStyle = background;
    context.fillRect(0, this.#pictureHeight, this.width, captionHeight);
    context.fillStyle = line;
    context.font = '13px system-ui, sans-serif';
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    context.fillText(numbers, this.width - 10, baseline);
    context.textAlign = 'left';
    context.fillText(caption, 10, baseline, this.width - 30 - context.measureText(numbers).width);
  }
}
