/** All the main thread knows of the player of finished episodes. Everything that crosses here can be structured-cloned. */
import type { PictureSettings } from './drawState.ts';
import type { EpisodeRequest } from './openEpisode.ts';
import type { EpisodeTrace } from './recordEpisode.ts';

export type { EpisodeRequest, EpisodeTrace, PictureSettings };

export interface PlayerApi {
  /** Gives the canvas that `show` draws on; once in the worker's life. */
  attach(canvas: OffscreenCanvas): Promise<void>;
  /** Replays an episode to its end and keeps its states. Rejects, with a message to show, if the environment is unknown. */
  load(request: EpisodeRequest): Promise<EpisodeTrace>;
  /** Draws state `step`, 0 … T, of the loaded episode; the last one where the episode is shorter. */
  show(step: number, settings: PictureSettings): Promise<void>;
}
