import { describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { episodesOf, trainSerially } from './trainSerially.ts';

/** Share of the last half of the episodes that reached the treasure, which is worth 1. */
async function treasures(changes: Partial<Hyperparameters>): Promise<number> {
  const h = hyperparametersOf('deepSea', { seed: 3, hiddenDim: 32, featureDim: 32, ...changes });
  const run = await trainSerially(h, { backend: 'wasm' });
  const episodes = episodesOf(run);
  const last = episodes.slice(episodes.length / 2);
  return last.filter(({ episodeReturn }) => episodeReturn > 0.5).length / last.length;
}

describe('Random network distillation', () => {
  it('leads to the treasure of the deep sea, which the same run without it does not learn to visit', async () => {
    const [withNovelty, without] = [await treasures({}), await treasures({ intrinsicCoef: 0, entCoef: 0 })];
    expect(withNovelty).toBeGreaterThan(0.5);
    expect(without).toBeLessThan(0.05);
  }, 120_000);
});
