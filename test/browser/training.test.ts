import { afterEach, describe, expect, it } from 'vitest';
import { decodeWeights, encodeWeights } from '../../src/checkpoints/weightsFile.ts';
import type { Hyperparameters } from '../../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../../src/config/presets.ts';
import { APPO } from '../../src/trainer/appo.ts';
import { IMPALA } from '../../src/trainer/impala.ts';

/** Seconds of training, not minutes: the learning itself is measured elsewhere. */
const small: Partial<Hyperparameters> = {
  device: 'cpu',
  numActors: 2,
  numEnvsPerActor: 4,
  numSteps: 5,
  batchSize: 4,
  hiddenDim: 8,
  featureDim: 8,
  evalInterval: 0,
  numFinalEvalEpisodes: 3,
  numTrainSteps: 2000,
};
const endless = { ...small, numTrainSteps: 1e9 };

const agents: IMPALA[] = [];
const make = (changes: Partial<Hyperparameters>) => {
  const agent = new IMPALA(hyperparametersOf('cartpole', changes));
  agents.push(agent);
  return agent;
};

const realWorker = window.Worker;
afterEach(() => {
  for (const agent of agents.splice(0)) agent.dispose();
  window.Worker = realWorker;
});

const until = async (agent: IMPALA, condition: () => boolean) => {
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const end = agent.subscribe(() => {
      if (!condition()) return;
      end();
      resolve();
    });
  });
};
const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('Training in real workers', () => {
  it('learns from exactly the budget, and counts every episode once', async () => {
    const agent = make(small);
    const summary = await agent.train();
    expect(summary).toMatchObject({
      algorithm: 'IMPALA',
      env: 'CartPole-v1',
      device: 'cpu',
      frames: 2000,
      updates: 100,
    });
    expect(summary.evaluation?.episodes).toBe(3);
    const { episodes, metrics } = agent.record;
    expect(summary.episodes).toBe(episodes.episodeReturn.length);
    const sumOf = (column: typeof episodes.episodeLength) =>
      column.values.subarray(0, column.length).reduce((sum, value) => sum + value, 0);
    // Reward is 1 a step: the episodes hold the frames, but for those unfinished at the start and end of each environment.
    expect(sumOf(episodes.episodeReturn)).toBe(sumOf(episodes.episodeLength));
    expect(sumOf(episodes.episodeLength)).toBeLessThanOrEqual(2000);
    expect(sumOf(episodes.episodeLength)).toBeGreaterThan(2000 - 8 * 500);
    for (const column of Object.values(metrics)) {
      expect(column.length).toBe(10);
      expect(column.values.subarray(0, column.length).every(Number.isFinite)).toBe(true);
    }
    expect(agent.state).toEqual({ status: 'finished', stopped: false });
  });

  it.each([{ numLearners: 1 }, { numLearners: 2 }])(
    'gives the same bytes for the same seed in lockstep, with a lag of one round: %o',
    async ({ numLearners }) => {
      const lockstep = { ...small, lockstep: true, seed: 7, numLearners, logInterval: 1 };
      const [first, second, other] = [make(lockstep), make(lockstep), make({ ...lockstep, seed: 8 })];
      for (const agent of [first, second, other]) await agent.train();
      expect(first.weights()).toEqual(second.weights());
      expect(first.weights()).not.toEqual(other.weights());
      expect([...columnOf(first, 'policyLoss')]).toEqual([...columnOf(second, 'policyLoss')]);
      const updatesPerRound = 8 / (4 * numLearners);
      const lags = columnOf(first, 'maxPolicyLag').slice(2 * updatesPerRound);
      expect(Math.min(...lags)).toBeGreaterThanOrEqual(updatesPerRound);
      expect(Math.max(...lags)).toBeLessThan(2 * updatesPerRound);
    },
  );

  it('trains with APPO, its learners together', async () => {
    const agent = new APPO(
      hyperparametersOf('cartpole', { ...small, numLearners: 2, numEpochs: 2, numMinibatches: 2, numTrainSteps: 400 }),
    );
    const before = decodeWeights(agent.weights(), agent.network).parameters;
    try {
      expect(await agent.train()).toMatchObject({ algorithm: 'APPO', frames: 400, updates: 10 });
      expect(decodeWeights(agent.weights(), agent.network).parameters).not.toEqual(before);
    } finally {
      agent.dispose();
    }
  });

  it('stands still while paused, and goes on', async () => {
    const agent = make(endless);
    const training = agent.train();
    await until(agent, () => agent.record.frames > 500);
    agent.pause();
    await until(agent, () => agent.state.status === 'paused');
    const { frames } = agent.record;
    await delay(400);
    expect(agent.record.frames).toBe(frames);
    agent.resume();
    await until(agent, () => agent.record.frames > frames);
    agent.stop();
    const summary = await training;
    expect(summary.evaluation).toBeNull();
    expect(agent.state).toEqual({ status: 'finished', stopped: true });
  });

  it('stops when its signal is aborted', async () => {
    const agent = make(endless);
    const controller = new AbortController();
    const training = agent.train({ signal: controller.signal });
    await until(agent, () => agent.record.frames > 0);
    controller.abort();
    expect((await training).frames).toBeGreaterThan(0);
  });

  it('evaluates while it trains, always on the same seeds', async () => {
    const agent = make({ ...small, numTrainSteps: 6000, evalInterval: 1000, numEvalEpisodes: 2 });
    await agent.train();
    const { evaluations } = agent.record;
    expect(evaluations.length).toBeGreaterThan(1);
    expect(evaluations.at(-1)).toMatchObject({ isFinal: true, episodes: 3, frames: 6000 });
    const again = await agent.eval({ numEvalEpisodes: 3 });
    expect(again.returns).toEqual(evaluations.at(-1)!.returns);
  });

  it('saves weights on the way, each loadable by itself', async () => {
    const agent = make({ ...small, numTrainSteps: 6000, saveInterval: 1500 });
    await agent.train();
    const { savedWeights } = agent.record;
    expect(savedWeights.length).toBeGreaterThan(0);
    const frames = savedWeights.map((saved) => saved.frames);
    expect(frames).toEqual([...frames].sort((a, b) => a - b));
    expect(new Set(frames.map((n) => Math.floor(n / 1500))).size).toBe(frames.length); // one in each interval
    const other = make(small);
    other.load(savedWeights[0]!.file);
    expect(parametersOf(other)).not.toEqual(parametersOf(agent));
    expect((await other.eval({ numEvalEpisodes: 1 })).frames).toBe(0);
    await other.train();
    expect(other.record.metrics.policyLag.values[0]).toBeGreaterThanOrEqual(0);
  });

  it('goes on from weights that it gave before', async () => {
    const first = make(small);
    await first.train();
    const file = first.weights();
    const second = make({ ...small, lr: 0, numTrainSteps: 20 });
    await second.train({ initModel: file });
    expect(parametersOf(second)).toEqual(parametersOf(first));
    const third = make({ ...small, hiddenDim: 9 });
    await expect(third.train({ initModel: file })).rejects.toThrow('encoder.0.weight has the shape [8, 4], not [9, 4]');
    expect(third.state.status).toBe('failed');
    const url = URL.createObjectURL(new Blob([file]));
    const fourth = make({ ...small, lr: 0, numTrainSteps: 20, initModelPath: url });
    await fourth.train();
    expect(parametersOf(fourth)).toEqual(parametersOf(first));
  });
});

describe('When a worker dies', () => {
  it('an actor is replaced, and nothing it held is lost', async () => {
    const spawned = captureWorkers();
    const agent = make(endless);
    const training = agent.train();
    await until(agent, () => agent.record.frames > 500);
    spawned.find(({ name }) => name.includes('actor 1'))!.worker.terminate();
    await until(agent, () => agent.record.actors[1]?.restarts === 1 && agent.record.actors[1].state === 'running');
    const { frames } = agent.record;
    await until(agent, () => agent.record.frames > frames + 2000);
    agent.stop();
    await training;
    expect(agent.record.log.some(({ message }) => message.includes('Actor 1 died and is started again'))).toBe(true);
  });

  it('a learner takes the run with it, and the weights stay', async () => {
    const spawned = captureWorkers();
    const agent = make(endless);
    const training = agent.train();
    await until(agent, () => agent.record.frames > 500);
    spawned.find(({ name }) => name.includes('learner'))!.worker.terminate();
    await expect(training).rejects.toThrow('The learner 0 worker stopped: it died without a word');
    expect(agent.state.status).toBe('failed');
    expect(parametersOf(agent).every(Number.isFinite)).toBe(true);
    expect((await agent.eval({ numEvalEpisodes: 1 })).episodes).toBe(1);
  });

  it('because its numbers diverge, it says so, and keeps the weights before', async () => {
    const agent = make(endless);
    const bursting = parametersOf(agent).fill(1e38); // Finite, but not for long.
    const file = encodeWeights(bursting, agent.network, agent.hyperparameters);
    await expect(agent.train({ initModel: file })).rejects.toThrow(
      /Training diverged at update 0: the \w+ \w+ became NaN/,
    );
    expect(parametersOf(agent).every(Number.isFinite)).toBe(true);
  });
});

describe('A configuration', () => {
  it('is refused with all that is wrong with it', () => {
    expect(() => make({ numActors: 4, numEnvsPerActor: 16, batchSize: 8, numStorages: 60, encoder: 'nature' })).toThrow(
      /needs an image[\s\S]*60 storages are too few: 4 actors × 16 environments fill 64 at once, and 1 learner × batch size 8 read 8, so at least 72 are needed/,
    );
  });
});

const parametersOf = (agent: IMPALA) => decodeWeights(agent.weights(), agent.network).parameters;

const columnOf = (agent: IMPALA, name: keyof IMPALA['record']['metrics']) => {
  const { values, length } = agent.record.metrics[name];
  return values.subarray(0, length);
};

/** Every worker started from now on, so that a test can end one behind the trainer's back. */
function captureWorkers(): { name: string; worker: Worker }[] {
  const spawned: { name: string; worker: Worker }[] = [];
  window.Worker = class extends realWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      spawned.push({ name: options?.name ?? '', worker: this });
    }
  };
  return spawned;
}
