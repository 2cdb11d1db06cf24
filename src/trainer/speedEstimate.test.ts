import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { estimateSpeed, msPerUpdateOf } from './speedEstimate.ts';

/** 160 env steps an update. */
const h = hyperparametersOf('cartpole', { numSteps: 20, batchSize: 8, numActors: 1 });

describe('The estimate of the speed', () => {
  it('is that of the slower part where each has a thread', () => {
    expect(estimateSpeed(h, 2, 10_000, 1)).toEqual({ framesPerSecond: 10_000, slower: 'actors' });
    expect(estimateSpeed(h, 2, 400_000, 1)).toEqual({ framesPerSecond: 160_000, slower: 'learner' });
  });

  it('is less where more actors and learners than threads share the machine', () => {
    const crowded = estimateSpeed({ ...h, numActors: 4 }, 2, 100_000, 1.6);
    // A step takes 2 threads for 10 µs, and the learner's for 10 µs more: 30 µs of two threads.
    expect(crowded.framesPerSecond).toBeCloseTo(1e6 / 15);
  });

  it('adds up the times of both in lockstep', () => {
    expect(estimateSpeed({ ...h, lockstep: true }, 8, 100_000, 1.6).framesPerSecond).toBeCloseTo(50_000);
  });

  it('is at most what the actors do while the learner was not measured', () => {
    expect(estimateSpeed(h, 8, 10_000, null)).toEqual({ framesPerSecond: 10_000, slower: 'unknown' });
  });

  it('takes the engine that the run will take', () => {
    expect(msPerUpdateOf({ wasm: 3, webgpu: 2 }, 'auto')).toBe(2);
    expect(msPerUpdateOf({ wasm: 3, webgpu: 2 }, 'wasm')).toBe(3);
    expect(msPerUpdateOf({ wasm: 3 }, 'webgpu')).toBeNull();
    expect(msPerUpdateOf(null, 'auto')).toBeNull();
  });
});
