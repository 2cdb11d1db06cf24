/** Plays at random on the page's own thread where the real viewer plays the policy in a worker. */
import { distributionFor } from '../../src/distributions/distribution.ts';
import { palettes } from '../../src/envs/canvas.ts';
import { findEnv } from '../../src/envs/registry.ts';
import type { WatchHandle, WatchOptions } from '../../src/trainer/run.ts';
import { RandomPlay } from '../../src/ui/components/randomPlay.ts';

export class SimulatedViewer implements WatchHandle {
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #play: RandomPlay;
  #options: WatchOptions & { readonly paused?: boolean };

  constructor(env: string, canvas: OffscreenCanvas, options: WatchOptions, policyVersion: () => number) {
    const definition = findEnv(env);
    const numOutputs = distributionFor(definition.spec.actionSpace).outputSize;
    this.#play = new RandomPlay(definition, 3);
    this.#options = options;
    const context = canvas.getContext('2d')!;
    this.#timer = setInterval(() => {
      const { width, height, pixelRatio, theme, paused } = this.#options;
      if (paused) return;
      if (canvas.width !== width * pixelRatio) {
        canvas.width = width * pixelRatio;
        canvas.height = height * pixelRatio;
        context.scale(pixelRatio, pixelRatio);
      }
      this.#play.step();
      definition.draw(context, this.#play.snapshot(), width, height, palettes[theme]);
      const right = 0.5 + 0.4 * Math.sin(this.#play.episodeLength / 5);
      this.#options.onFrame?.({
        episodeReturn: this.#play.episodeReturn,
        episodeLength: this.#play.episodeLength,
        policyVersion: policyVersion(),
        actionProbabilities: Array.from({ length: numOutputs }, (_, i) => (i % 2 === 1 ? right : 1 - right)),
        value: 40 + 10 * right,
      });
    }, 1000 / 30);
  }

  update(options: Parameters<WatchHandle['update']>[0]): void {
    this.#options = { ...this.#options, ...options };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
