import { findEnv } from '../envs/registry.ts';
import { RandomStream } from '../math/randomStream.ts';
import { ParameterStore } from '../rollout/ParameterStore.ts';
import { exposeWorker } from '../threads/exposeWorker.ts';
import { drawState } from './drawState.ts';
import { EpisodePlayer } from './EpisodePlayer.ts';
import type { ViewerApi, ViewSettings } from './viewer.api.ts';

/** Numbers beside the picture change this often: more cannot be read. */
const reportsPerSecond = 10;
/** Faster environments are drawn every few steps: each picture makes the browser put the whole page together anew. */
const maxPicturesPerSecond = 30;
/** How long the end of an episode stays in sight. */
const restMs = 400;

let settings: ViewSettings;

exposeWorker<ViewerApi>({
  async play(canvas, task, firstSettings, onFrame) {
    settings = firstSettings;
    const definition = findEnv(task.env);
    const store = new ParameterStore(task.parameters);
    const noise = new RandomStream(task.firstSeed, 'evaluationNoise');
    const player = new EpisodePlayer(definition, task.network, task.rewardClipping, settings.greedy, noise);
    const snapshot = new Float64Array(definition.snapshotSize);
    const probabilities = new Float64Array(player.distribution.outputSize);
    const stepMs = 1000 / definition.spec.framesPerSecond;
    const stepsPerReport = Math.max(1, Math.round(definition.spec.framesPerSecond / reportsPerSecond));
    const stepsPerPicture = Math.ceil(definition.spec.framesPerSecond / maxPicturesPerSecond);
    let policyVersion = 0;
    let seed = task.firstSeed;

    const draw = () => {
      player.snapshot(snapshot);
      drawState(canvas, definition, snapshot, settings);
    };

    const report = () => {
      player.distribution.describe(player.inference.policyOutputs, 0, probabilities);
      onFrame({
        episodeReturn: player.episodeReturn,
        episodeLength: player.episodeLength,
        policyVersion,
        actionProbabilities: [...probabilities],
        value: player.inference.baseline[0]!,
      });
    };

    const tick = () => {
      let delayMs = stepMs;
      if (!settings.paused) {
        if (player.isOver) {
          policyVersion = store.read(player.inference.parameters);
          player.inference.parametersChanged();
          player.greedy = settings.greedy;
          player.begin(seed++);
        } else {
          player.step();
          if (player.isOver || player.episodeLength % stepsPerReport === 0) report();
          if (player.isOver) delayMs = restMs;
        }
        if (player.isOver || player.episodeLength % stepsPerPicture === 0) draw();
      }
      setTimeout(tick, delayMs);
    };
    tick();
  },

  async change(newSettings) {
    settings = newSettings;
  },
});
