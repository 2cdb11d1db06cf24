import { describe, expect, it } from 'vitest';
import { GradientExchange } from './GradientExchange.ts';

const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe('The gradient exchange', () => {
  it('gives every learner the same sum, update after update', async () => {
    const exchange = new GradientExchange(GradientExchange.allocate(3, 2), 3);
    for (let update = 0; update < 4; update++) {
      const values = [0, 1, 2].map((learner) => Float32Array.of(learner + update, 10 * learner));
      const arrived = await Promise.all(
        values.map((own, learner) => exchange.sum(learner, update, own, () => false, sleep)),
      );
      expect(arrived).toEqual([true, true, true]);
      for (const sum of values) expect([...sum]).toEqual([3 + 3 * update, 30]);
    }
  });

  it('lets nobody wait for a learner that will not come', async () => {
    const exchange = new GradientExchange(GradientExchange.allocate(2, 1), 2);
    let stopping = false;
    const waiting = exchange.sum(0, 0, Float32Array.of(1), () => stopping, sleep);
    stopping = true;
    expect(await waiting).toBe(false);
  });
});
