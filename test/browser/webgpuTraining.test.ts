import { expect, it } from 'vitest';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { IMPALA } from '../../src/trainer/impala.ts';

it('The webgpu engine trains with finite losses', async () => {
  const agent = new IMPALA(
    hyperparametersOf('cartpole', {
      device: 'webgpu',
      numTrainSteps: 800,
      logInterval: 1,
      evalInterval: 0,
      numFinalEvalEpisodes: 2,
    }),
  );
  const summary = await agent.train();
  expect(summary).toMatchObject({ device: 'webgpu', frames: 800, updates: 5 });
  for (const { values, length } of Object.values(agent.record.metrics)) {
    expect(length).toBe(5);
    expect(values.subarray(0, length).every(Number.isFinite)).toBe(true);
  }
  agent.dispose();
});

it('Asked for the fastest engine, the learner measures and leaves out a GPU made of software', async () => {
  const agent = new IMPALA(
    hyperparametersOf('cartpole', { device: 'auto', numTrainSteps: 160, evalInterval: 0, numFinalEvalEpisodes: 1 }),
  );
  const summary = await agent.train();
  expect(summary.device).toBe('wasm');
  expect(Object.keys(agent.record.engine!.measured)).toEqual(['wasm']);
  expect(agent.record.engine!.reason).toContain('made of software');
  agent.dispose();
});
