import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { episodesOf, trainSerially } from './trainSerially.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Training in one thread', () => {
  it('gives the same weights for the same seed, and others for another', async () => {
    const changes = { numEnvsPerActor: 8, numSteps: 10, numTrainSteps: 800, hiddenDim: 16, featureDim: 16 };
    const weights = async (seed: number) =>
      (await trainSerially(hyperparametersOf('cartpole', { ...changes, seed }))).parameters;
    expect(await weights(1)).toEqual(await weights(1));
    expect(await weights(1)).not.toEqual(await weights(2));
  });

  it('makes CartPole episodes several times as long', async () => {
    const run = await trainSerially(
      hyperparametersOf('cartpole', { numTrainSteps: 240_000, hiddenDim: 32, featureDim: 32 }),
      { backend: 'wasm' },
    );
    const returns = episodesOf(run).map(({ episodeReturn }) => episodeReturn);
    const tenth = Math.floor(returns.length / 10);
    expect(mean(returns.slice(-tenth))).toBeGreaterThan(4 * mean(returns.slice(0, tenth)));
  }, 60_000);

  it('solves CartPole with APPO, several steps for each batch, in a fifth of the default budget', async () => {
    const run = await trainSerially(
      hyperparametersOf('cartpole', {
        algorithm: 'appo',
        numEpochs: 4,
        numMinibatches: 4,
        numTrainSteps: 60_000,
        hiddenDim: 32,
        featureDim: 32,
      }),
      { backend: 'wasm' },
    );
    const last = episodesOf(run).filter(({ frames }) => frames > 50_000);
    expect(mean(last.map(({ episodeReturn }) => episodeReturn))).toBeGreaterThan(300);
  }, 240_000);
});
