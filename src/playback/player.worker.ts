import { findEnv } from '../envs/registry.ts';
import { exposeWorker } from '../threads/exposeWorker.ts';
import { drawState } from './drawState.ts';
import type { PlayerApi } from './player.api.ts';
import { recordEpisode } from './recordEpisode.ts';

let canvas: OffscreenCanvas;
let show: PlayerApi['show'] = async () => {};

exposeWorker<PlayerApi>({
  async attach(newCanvas) {
    canvas = newCanvas;
  },

  async load(request) {
    const definition = findEnv(request.env);
    const { trace, snapshots } = recordEpisode(request);
    show = async (step, settings) => {
      drawState(canvas, definition, snapshots[Math.min(step, trace.length)]!, settings);
    };
    return trace;
  },

  show: (step, settings) => show(step, settings),
});
