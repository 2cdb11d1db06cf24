/** Films an episode, or several side by side, in a worker of its own: encoded there, or, where the browser has no WebCodecs, shown in real time and recorded from the canvas. */
import type { Film, FilmSettings, OnProgress, RecorderApi, Take } from '../playback/recorder.api.ts';
import RecorderWorker from '../playback/recorder.worker.ts?worker';
import { callback, type SpawnedWorker, transfer } from '../threads/spawnWorker.ts';
import { withWorker } from './withWorker.ts';

export type FilmFormat = 'video' | 'gif';

/** Rejects with a sentence to show if no film can be made, or when the signal is aborted. */
export const recordFilm = (
  format: FilmFormat,
  takes: readonly Take[],
  settings: FilmSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Film> =>
  withWorker<RecorderApi, Film>(RecorderWorker, 'recorder', signal, async (worker) => {
    if (typeof OffscreenCanvas === 'undefined') {
      throw new Error('This browser does not let workers draw (OffscreenCanvas), so it cannot film.');
    }
    const report = callback(onProgress);
    if (format === 'gif') return worker.orDeath(worker.api.recordGif(takes, settings, report));
    if (typeof VideoEncoder === 'undefined') return recordInRealTime(worker, takes, settings, report);
    try {
      return await worker.orDeath(worker.api.recordVideo(takes, settings, report));
    } catch (error) {
      if ((error as Error).name !== 'NoVideoCodec' || typeof MediaRecorder === 'undefined') throw error;
      return recordInRealTime(worker, takes, settings, report);
    }
  });

const mimeTypes = ['video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

async function recordInRealTime(
  worker: SpawnedWorker<RecorderApi>,
  takes: readonly Take[],
  settings: FilmSettings,
  onProgress: OnProgress,
): Promise<Film> {
  const mimeType =
    typeof MediaRecorder === 'undefined' ? undefined : mimeTypes.find((type) => MediaRecorder.isTypeSupported(type));
  if (!mimeType) throw new Error('This browser cannot record video. Record a GIF instead.');
  const canvas = document.createElement('canvas');
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType, videoBitsPerSecond: 4_000_000 });
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const stopped = new Promise<void>((resolve, reject) => {
    recorder.addEventListener('stop', () => resolve());
    recorder.addEventListener('error', () => reject(new Error('The browser broke off the recording. Try again.')));
  });
  stopped.catch(() => {}); // It may break off while the episodes are still shown; `await stopped` tells of it.
  const offscreen = canvas.transferControlToOffscreen();
  recorder.start();
  const show = async () => {
    try {
      return await worker.orDeath(worker.api.project(transfer(offscreen, [offscreen]), takes, settings, onProgress));
    } finally {
      if (recorder.state !== 'inactive') recorder.stop();
    }
  };
  const shown = await show();
  await stopped;
  const container = mimeType.split(';')[0]!;
  const file = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return { file, mimeType: container, extension: container === 'video/mp4' ? 'mp4' : 'webm', ...shown };
}
