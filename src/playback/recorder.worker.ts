import { exposeWorker } from '../threads/exposeWorker.ts';
import { FilmStrip } from './FilmStrip.ts';
import type { RecorderApi } from './recorder.api.ts';
import { throttled } from './throttled.ts';

exposeWorker<RecorderApi>({
  async recordVideo(takes, settings, onProgress) {
    const { encodeVideo } = await import('./encodeVideo.ts');
    return encodeVideo(new FilmStrip(takes, settings), throttled(onProgress));
  },

  async recordGif(takes, settings, onProgress) {
    const { encodeGif } = await import('./encodeGif.ts');
    return encodeGif(new FilmStrip(takes, settings), throttled(onProgress));
  },

  async project(canvas, takes, settings, onProgress) {
    const strip = new FilmStrip(takes, settings, canvas);
    const report = throttled(onProgress);
    const beganAt = performance.now();
    for (let frame = 0; frame < strip.length; frame++) {
      strip.draw(frame);
      report((frame + 1) / strip.length);
      const nextAt = beganAt + (1000 * (frame + 1)) / strip.framesPerSecond;
      await new Promise((resolve) => setTimeout(resolve, nextAt - performance.now()));
    }
    return { frames: strip.length, returns: strip.returns };
  },
});
