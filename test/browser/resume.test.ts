/** A run in real workers, kept in the browser's storage, cut off, and resumed from there. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Hyperparameters } from '../../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { BrowserRunStore } from '../../src/runs/BrowserRunStore.ts';
import { RunKeeper } from '../../src/runs/RunKeeper.ts';
import { readResumption } from '../../src/runs/resumption.ts';
import { startingRun } from '../../src/runs/startingRun.ts';
import { IMPALA } from '../../src/trainer/impala.ts';

const small: Partial<Hyperparameters> = {
  device: 'cpu',
  numActors: 2,
  numEnvsPerActor: 4,
  numSteps: 5,
  batchSize: 4,
  hiddenDim: 8,
  featureDim: 8,
  logInterval: 1,
  evalInterval: 1000,
  saveInterval: 600,
  numEvalEpisodes: 2,
  numFinalEvalEpisodes: 3,
  numTrainSteps: 2000,
  lrSchedule: 'linear',
  lr: 0.001,
};

const store = new BrowserRunStore('test-resume');
const agents: IMPALA[] = [];
const make = (h: Hyperparameters) => {
  const agent = new IMPALA(h);
  agents.push(agent);
  return agent;
};
const failOn = (message: string) => {
  throw new Error(message);
};

afterEach(async () => {
  for (const agent of agents.splice(0)) agent.dispose();
  for (const { id } of await store.list()) await store.delete(id);
});

/** Trains until so many env steps are learned from, or to the end of the budget. */
async function trainAndKeep(
  h: Hyperparameters,
  stopAt: number,
  atStart: (agent: IMPALA) => void = () => {},
): Promise<string> {
  const agent = make(h);
  const keeper = await RunKeeper.begin(store, agent, startingRun(h, 'training', []), failOn);
  const end = agent.subscribe(() => {
    if (agent.record.frames >= stopAt) agent.stop();
  });
  atStart(agent);
  await agent.train();
  end();
  await keeper.end();
  return keeper.runId;
}

describe('The keeper of a run', () => {
  it('stores how a run ended while its files are still being written', async () => {
    /** A place whose files take for ever. */
    class SlowStore extends BrowserRunStore {
      override writeCheckpoint = () => new Promise<void>(() => {});
    }
    const h = hyperparametersOf('cartpole', small);
    const agent = make(h);
    const keeper = await RunKeeper.begin(new SlowStore('test-resume'), agent, startingRun(h, 'training', []), failOn);
    await agent.train();
    await expect.poll(async () => (await store.get(keeper.runId))?.status).toBe('finished');
    expect((await store.get(keeper.runId))!.evaluations).toEqual(agent.record.evaluations);
  });
});

describe.each([{}, { lockstep: true }, { useLstm: true, observationNormalisation: true, intrinsicCoef: 0.1 }] as const)(
  'A run that is kept: %j',
  (changes) => {
    const h = hyperparametersOf('cartpole', { ...small, ...changes });

    it('is stored with every episode, metric, evaluation, and its weights', async () => {
      const id = await trainAndKeep(h, Number.POSITIVE_INFINITY);
      const [run, curves] = [(await store.get(id))!, await store.readCurves(id)];
      const { record } = agents[0]!;
      expect(run).toMatchObject({ status: 'finished', frames: 2000, updates: 100 });
      expect(run.evaluations).toEqual(record.evaluations);
      expect([...curves.episodes.episodeReturn.values]).toEqual([
        ...record.episodes.episodeReturn.values.subarray(0, record.episodes.episodeReturn.length),
      ]);
      expect(curves.metrics.frames.values.at(-1)).toBe(2000);
      const latest = run.weights.find(({ kind }) => kind === 'latest')!;
      expect([...(await store.readWeights(id, latest))].slice(-64)).toEqual([...agents[0]!.weights()].slice(-64));
      expect(run.weights.some(({ kind }) => kind === 'best')).toBe(true);
      // Savings are made as reports come, and a fast machine has few of them in so short a run.
      expect(run.weights.filter(({ kind }) => kind === 'saved').length).toBeGreaterThan(0);
    });

    it('goes on along the same curve and schedule, to the end of the same budget', async () => {
      const endless = { ...h, numTrainSteps: 100_000 };
      const id = await trainAndKeep(endless, 1500, (agent) => agent.change({ entCoef: 0.05 }));
      const stopped = (await store.get(id))!;
      const at = stopped.checkpoint!.frames;
      expect(stopped.status).toBe('stopped');
      expect(at).toBe(stopped.frames);

      const agent = make({ ...endless, numTrainSteps: at + 1000 });
      await store.writeWeights(id, 'saved', at + 20, agents[0]!.weights()); // Of a stretch that no checkpoint reached.
      const { run: resumable, resumeFrom } = await readResumption(store, (await store.get(id))!);
      const keeper = await RunKeeper.begin(store, agent, resumable, failOn);
      expect((await store.get(id))!.weights).toEqual(stopped.weights);
      const summary = await agent.train({ resumeFrom });
      await keeper.end();

      expect(agent.liveValues.entCoef).toBe(0.05);
      expect(summary.frames).toBe(at + 1000);
      const resumed = (await store.get(id))!;
      expect(resumed).toMatchObject({ status: 'finished', frames: at + 1000, breaks: [at] });
      expect(resumed.seconds).toBeGreaterThan(stopped.seconds);
      const { metrics, episodes } = await store.readCurves(id);
      const frames = [...metrics.frames.values];
      expect(frames).toEqual(Array.from({ length: frames.length }, (_, row) => 20 * (row + 1))); // No gap, no overlap.
      expect(metrics.learningRate.values.at(-1)).toBeCloseTo(h.lr * (20 / (at + 1000)), 9);
      const steps = [...episodes.frames.values];
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)!).toBeGreaterThan(at);
      expect(metrics.policyLag.values.every((lag) => lag >= 0 && lag < 20)).toBe(true);
    });
  },
);
