/** All the main thread knows of the recorder. Everything that crosses here can be structured-cloned. */
import type { EpisodeRequest } from './episode.api.ts';

export interface FilmSettings {
  readonly theme: 'light' | 'dark';
  /** Pixels; the height follows from the environment. */
  readonly width: number;
  /** Written below the picture, before step and return; null for no line at all. */
  readonly caption: string | null;
}

export interface Film {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly mimeType: string;
  readonly extension: 'mp4' | 'webm' | 'gif';
  /** Pictures in it. */
  readonly frames: number;
}

export type OnProgress = (share: number) => void;

export interface RecorderApi {
  /**
   * Replays the episode and encodes it picture by picture, as fast as the machine can.
   * Rejects with an error named `NoVideoCodec` where the browser encodes none of H.264, VP9 and VP8 itself.
   */
  recordVideo(request: EpisodeRequest, settings: FilmSettings, onProgress: OnProgress): Promise<Film>;
  recordGif(request: EpisodeRequest, settings: FilmSettings, onProgress: OnProgress): Promise<Film>;
  /** Shows the film on a canvas at its own speed, for somebody who records what the canvas shows. Returns its number of pictures. */
  project(
    canvas: OffscreenCanvas,
    request: EpisodeRequest,
    settings: FilmSettings,
    onProgress: OnProgress,
  ): Promise<number>;
}
