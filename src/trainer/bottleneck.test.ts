import { describe, expect, it } from 'vitest';
import { defaultHyperparameters } from '../config/hyperparameters.ts';
import { bottleneckOf } from './bottleneck.ts';

const h = { ...defaultHyperparameters, numActors: 3, numEnvsPerActor: 16, batchSize: 8, numLearners: 1 };
const load = { waitMs: 0, updateMs: 2, queue: 20, reportDelayMs: 10 };

describe('The bottleneck', () => {
  it('is nobody yet before the first update', () => {
    expect(bottleneckOf({ ...load, waitMs: Number.NaN, updateMs: Number.NaN }, h, 4)).toBeNull();
  });

  it('is the actors when the learner waits, and free threads ask for more of them', () => {
    const found = bottleneckOf({ ...load, waitMs: 2, queue: 0 }, h, 8);
    expect(found).toMatchObject({ part: 'actors', label: 'learner starves' });
    expect(found?.advice).toBe(
      'The learner waits 50 % of its time for rollouts. Raise actors (3): 4 of 8 threads are free.',
    );
  });

  it('advises other settings where every thread is taken', () => {
    expect(bottleneckOf({ ...load, waitMs: 2, queue: 0 }, h, 4)?.advice).toContain('environments per actor (16)');
  });

  it('is the learner when rollouts pile up in front of it', () => {
    const found = bottleneckOf(load, h, 4);
    expect(found).toMatchObject({ part: 'learner', label: 'actors starve' });
    expect(found?.advice).toContain('20 rollouts wait for it. Raise the batch size (8)');
    expect(bottleneckOf(load, h, 8)?.advice).toContain('Raise learners (1)');
  });

  it('is neither when the learner waits a little, or waits not at all but nothing piles up', () => {
    expect(bottleneckOf({ ...load, waitMs: 0.2 }, h, 4)?.part).toBe('balanced');
    expect(bottleneckOf({ ...load, queue: 3 }, h, 4)?.part).toBe('balanced');
  });

  it('is the page when it reads reports late, whoever else waits', () => {
    const found = bottleneckOf({ ...load, reportDelayMs: 2500 }, h, 4);
    expect(found).toMatchObject({ part: 'page', label: 'page too slow' });
    expect(found?.advice).toContain('2.5 s late');
  });
});
