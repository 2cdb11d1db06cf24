import { describe, expect, it } from 'vitest';
import { algorithms } from '../../src/algorithms/registry.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { episodesOf, trainSerially } from './trainSerially.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(algorithms)('$name in one thread', ({ id }) => {
  it('makes CartPole episodes several times as long, with epochs and minibatches', async () => {
    const h = hyperparametersOf('cartpole', {
      algorithm: id,
      numEpochs: 2,
      numMinibatches: 2,
      numTrainSteps: 120_000,
      hiddenDim: 32,
      featureDim: 32,
    });
    const returns = episodesOf(await trainSerially(h, { backend: 'wasm' })).map(({ episodeReturn }) => episodeReturn);
    const tenth = Math.floor(returns.length / 10);
    expect(mean(returns.slice(-tenth))).toBeGreaterThan(4 * mean(returns.slice(0, tenth)));
  }, 60_000);
});
