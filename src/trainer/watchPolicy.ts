/** Shows the present policy at play: a worker that draws on a canvas handed over to it. */
import type { ViewerApi, ViewerTask, ViewSettings, WatchFrame } from '../playback/viewer.api.ts';
import ViewerWorker from '../playback/viewer.worker.ts?worker';
import { callback, type SpawnedWorker, spawnWorker, transfer } from '../threads/spawnWorker.ts';
import type { WatchHandle, WatchOptions } from './run.ts';

export function watchPolicy(canvas: OffscreenCanvas, options: WatchOptions, task: ViewerTask): WatchHandle {
  const { onFrame, ...firstSettings } = options;
  let settings: ViewSettings = { ...firstSettings, paused: false };
  let isStopped = false;
  const starting = start();

  async function start(): Promise<SpawnedWorker<ViewerApi>> {
    const worker = await spawnWorker<ViewerApi>(ViewerWorker, 'viewer');
    const report = callback((frame: WatchFrame) => {
      if (!isStopped) onFrame?.(frame);
    });
    await worker.orDeath(worker.api.play(transfer(canvas, [canvas]), task, settings, report));
    return worker;
  }

  return {
    update(changes) {
      settings = { ...settings, ...changes };
      void starting.then((worker) => worker.orDeath(worker.api.change(settings))).catch(ignoreDeath);
    },
    stop() {
      isStopped = true;
      void starting.then((worker) => worker.terminate()).catch(ignoreDeath);
    },
  };
}

/** The live view is an extra: a run does not fail with it. */
function ignoreDeath(): void {}
