import type { Env, EnvDefinition, EnvSpec, Seed } from '../../src/envs/env.ts';
import { fillDisc, paintScene } from '../../src/envs/scene.ts';
import type { ObservationArray } from '../../src/envs/spaces.ts';
import { NumpyRandom } from '../../src/math/numpyRandom.ts';

const spec: EnvSpec = {
  id: 'CoinFlip-v0',
  doc: 'Say which side of a coin is up; right pays 1, wrong costs 1.',
  observationSpace: { kind: 'box', shape: [1], dtype: 'float32', low: [0], high: [1] },
  actionSpace: { kind: 'discrete', n: 2, names: ['tails', 'heads'] },
  maxEpisodeSteps: 20,
  rewardThreshold: 20,
  framesPerSecond: 4,
};

class CoinFlip implements Env<number> {
  readonly spec = spec;
  reward = 0;
  terminated = false;
  private readonly random = new NumpyRandom(0);
  private coin = 0;

  reset(out: ObservationArray, at: number, seed?: Seed): void {
    if (seed !== undefined) this.random.seed(seed);
    this.reward = 0;
    this.terminated = false;
    this.flip(out, at);
  }

  step(action: number, out: ObservationArray, at: number): void {
    this.reward = action === this.coin ? 1 : -1;
    this.flip(out, at);
  }

  snapshot(out: Float64Array): void {
    out[0] = this.coin;
  }

  private flip(out: ObservationArray, at: number): void {
    this.coin = this.random.integers(0, 2);
    out[at] = this.coin;
  }
}

export const coinFlip: EnvDefinition = {
  spec,
  create: () => new CoinFlip(),
  snapshotSize: 1,
  aspectRatio: 1,
  draw: (context, snapshot, width, height, palette) => {
    const view = { left: -1, bottom: -1, width: 2, height: 2 };
    paintScene(context, width, height, view, palette.background, () => {
      context.fillStyle = snapshot[0] === 1 ? palette.primary : palette.secondary;
      fillDisc(context, 0, 0, 0.6);
    });
  },
};
