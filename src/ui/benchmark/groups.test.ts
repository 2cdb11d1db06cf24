import { describe, expect, it } from 'vitest';
import { benchmarkJson } from './benchmarks.ts';
import { barsOf } from './groups.ts';

const measured = [
  { name: 'env/CartPole-v1', figures: { stepsPerSecond: 10 } },
  { name: 'env/MinAtar/Breakout-v1', figures: { stepsPerSecond: 5 } },
  {
    name: 'learner/wasm/mlp64',
    figures: { msPerUpdate: 2, framesPerSecond: 320, dispatches: 47, jsMsPerUpdate: 2 },
  },
  {
    name: 'learner/webgpu/mlp64',
    figures: { msPerUpdate: null, framesPerSecond: null, dispatches: null, jsMsPerUpdate: null },
  },
  { name: 'queue', figures: { handoversPerSecond: 7 } },
];

describe('The bars of a group', () => {
  it('are as long as their share of the largest', () => {
    expect(barsOf('env', measured)).toEqual([
      { label: 'CartPole-v1', value: 10, share: 1, details: [] },
      { label: 'MinAtar/Breakout-v1', value: 5, share: 0.5, details: [] },
    ]);
  });

  it('are empty where nothing could be had', () => {
    const [wasm, webgpu] = barsOf('learner', measured);
    expect(wasm?.details).toEqual([
      [2, 'ms'],
      [2, 'ms of JavaScript'],
      [47, 'calls'],
    ]);
    expect(webgpu).toEqual({ label: 'webgpu/mlp64', value: null, share: 0, details: [] });
  });
});

describe('Measurements as JSON', () => {
  it('are nested by group, and by device and network', () => {
    const { machine, ...results } = JSON.parse(benchmarkJson(measured, { threads: 2, browser: 'x' }));
    expect(machine).toEqual({ threads: 2, browser: 'x' });
    expect(results).toEqual({
      env: { 'CartPole-v1': { stepsPerSecond: 10 }, 'MinAtar/Breakout-v1': { stepsPerSecond: 5 } },
      learner: { wasm: { mlp64: measured[2]!.figures }, webgpu: { mlp64: measured[3]!.figures } },
      queue: { handoversPerSecond: 7 },
    });
  });
});
