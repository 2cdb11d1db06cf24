/** All the main thread knows of the player of finished episodes. Everything that crosses here can be structured-cloned. */
import type { EpisodeRequest, EpisodeTrace } from './episode.api.ts';

export interface PictureSettings {
  readonly theme: 'light' | 'dark';
  /** CSS pixels */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

export interface PlayerApi {
  /** Gives the canvas that `show` draws on; once in the worker's life. */
  attach(canvas: OffscreenCanvas): Promise<void>;
  /** Replays an episode to its end and keeps its states. Rejects, with a message to show, if the environment is unknown. */
  load(request: EpisodeRequest): Promise<EpisodeTrace>;
  /** Draws state `step`, 0 … T, of the loaded episode; the last one where the episode is shorter. */
  show(step: number, settings: PictureSettings): Promise<void>;
}
