/** All the main thread knows of the recorder. Everything that crosses here can be structured-cloned. */
import type { EpisodeRequest } from './episode.api.ts';

/** One episode of a film. Several are shown side by side, each from its beginning. */
export interface Take {
  readonly request: EpisodeRequest;
  /** Written below the picture, before step and return; null for no line at all. */
  readonly caption: string | null;
}

export interface FilmSettings {
  readonly theme: 'light' | 'dark';
  /** Pixels of one picture; the height follows from the environment. */
  readonly width: number;
}

export interface Film {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly mimeType: string;
  readonly extension: 'mp4' | 'webm' | 'gif';
  /** Pictures in it. */
  readonly frames: number;
  /** Of each episode. */
  readonly returns: readonly number[];
}

export type OnProgress = (share: number) => void;

export interface RecorderApi {
  /**
   * Replays the episodes and encodes them picture by picture, as fast as the machine can.
   * Rejects with an error named `NoVideoCodec` where the browser encodes none of H.264, VP9 and VP8 itself.
   */
  recordVideo(takes: readonly Take[], settings: FilmSettings, onProgress: OnProgress): Promise<Film>;
  recordGif(takes: readonly Take[], settings: FilmSettings, onProgress: OnProgress): Promise<Film>;
  /** Shows the film on a canvas at its own speed, for somebody who records what the canvas shows. */
  project(
    canvas: OffscreenCanvas,
    takes: readonly Take[],
    settings: FilmSettings,
    onProgress: OnProgress,
  ): Promise<Pick<Film, 'frames' | 'returns'>>;
}
