/** A canvas on which another thread draws any state of one episode. */
import type { EpisodeRequest, EpisodeTrace } from '../playback/episode.api.ts';
import type { PictureSettings, PlayerApi } from '../playback/player.api.ts';
import PlayerWorker from '../playback/player.worker.ts?worker';
import { type SpawnedWorker, spawnWorker, transfer } from '../threads/spawnWorker.ts';

export class EpisodeScreen {
  readonly #worker: Promise<SpawnedWorker<PlayerApi>>;
  readonly #hasCanvas: boolean;
  #isDrawing = false;
  /** What is to be drawn next; pictures in between are left out when the worker cannot keep up. */
  #next: (() => Promise<void>) | null = null;

  /** @param canvas null where the browser has none for workers: episodes are replayed all the same */
  constructor(canvas: OffscreenCanvas | null) {
    this.#hasCanvas = canvas !== null;
    this.#worker = spawnWorker<PlayerApi>(PlayerWorker, 'player').then(async (worker) => {
      if (canvas) await worker.orDeath(worker.api.attach(transfer(canvas, [canvas])));
      return worker;
    });
    this.#worker.catch(() => {}); // `load` tells of it.
  }

  /** Replays an episode. Rejects with a sentence to show if that fails. */
  async load(request: EpisodeRequest): Promise<EpisodeTrace> {
    const worker = await this.#worker;
    return worker.orDeath(worker.api.load(request));
  }

  /** Draws state `step` of the loaded episode, soon. */
  show(step: number, settings: PictureSettings): void {
    if (!this.#hasCanvas) return;
    this.#next = async () => {
      const worker = await this.#worker;
      await worker.orDeath(worker.api.show(step, settings));
    };
    if (!this.#isDrawing) void this.#draw();
  }

  dispose(): void {
    this.#next = null;
    void this.#worker.then((worker) => worker.terminate()).catch(() => {});
  }

  async #draw(): Promise<void> {
    this.#isDrawing = true;
    try {
      for (let draw = this.#next; draw; draw = this.#next) {
        this.#next = null;
        await draw();
      }
    } catch {
      // A worker that died is told of by `load`; a picture less is no harm.
    } finally {
      this.#isDrawing = false;
    }
  }
}
