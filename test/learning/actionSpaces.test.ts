import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { episodesOf, trainSerially } from './trainSerially.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean returns of the first and of the last tenth of all episodes, of which 10 is the largest. */
async function progressOn(env: string): Promise<[first: number, last: number]> {
  const h = hyperparametersOf('cartpole', { env, numTrainSteps: 40_000, lr: 0.02, hiddenDim: 16, featureDim: 16 });
  const returns = episodesOf(await trainSerially(h, { backend: 'wasm' })).map(({ episodeReturn }) => episodeReturn);
  const tenth = Math.floor(returns.length / 10);
  return [mean(returns.slice(0, tenth)), mean(returns.slice(-tenth))];
}

describe('Training in one thread', () => {
  it('learns several choices at once: Dials', async () => {
    const [first, last] = await progressOn('Dials-v0');
    expect(first).toBeLessThan(5); // By chance 10/3 · (1/3 + 1/4 + 1/5) = 2.6.
    expect(last).toBeGreaterThan(8);
  }, 60_000);

  it('learns several switches at once: Lights', async () => {
    const [first, last] = await progressOn('Lights-v0');
    expect(first).toBeLessThan(4); // By chance 0.
    expect(last).toBeGreaterThan(7);
  }, 60_000);
});
