/**
 * RLLTE's DistributedAgent is what this project is modelled on. Each of its defects that is known to us has a test here, named
 * after it, that fails where ours has it too.
 */
import { tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { impala } from '../src/algorithms/impala/impala.ts';
import { decodeWeights, encodeWeights } from '../src/checkpoints/weightsFile.ts';
import { resolveAutomatic } from '../src/config/derivedSizes.ts';
import type { Hyperparameters } from '../src/config/hyperparameters.ts';
import { hyperparametersOf } from '../src/config/presets.ts';
import { distributionFor } from '../src/distributions/distribution.ts';
import { asGym } from '../src/envs/gym.ts';
import { findEnv } from '../src/envs/registry.ts';
import type { ObservationArray } from '../src/envs/spaces.ts';
import { flatGradient, headsOf } from '../src/learner/actorCriticGraph.ts';
import { openBackend } from '../src/learner/backends.ts';
import { syntheticBatch } from '../src/learner/createEngine.ts';
import { LearnerEngine } from '../src/learner/LearnerEngine.ts';
import { lossOf } from '../src/learner/operations.ts';
import { RandomStream } from '../src/math/randomStream.ts';
import { learnerMetricNames } from '../src/metrics/metrics.ts';
import { createInference } from '../src/networks/createInference.ts';
import { initialParameters } from '../src/networks/initialise.ts';
import { type NetworkSpec, networkSpecFor } from '../src/networks/networkSpec.ts';
import { forEachElement, parameterLayout } from '../src/networks/parameterLayout.ts';
import { GradientExchange } from '../src/rollout/GradientExchange.ts';
import { viewRollouts } from '../src/rollout/trainingMemory.ts';
import { episodesOf, trainSerially } from './learning/trainSerially.ts';

const machine = { hardwareConcurrency: 2 };
const small = { numSteps: 5, batchSize: 4, numEnvsPerActor: 4, numActors: 1, hiddenDim: 8, featureDim: 8 } as const;
const cartPole = findEnv('CartPole-v1').spec;

describe('RLLTE', () => {
  it('shares one distribution between target and behaviour policy, so its policy gets no gradient; ours gets one', async () => {
    await openBackend('cpu');
    const h = resolveAutomatic(hyperparametersOf('cartpole', small), machine);
    const network = networkSpecFor(cartPole, h);
    const layout = parameterLayout(network);
    const batch = syntheticBatch(h, network);
    const gradient = tidy(() => {
      const observation = tensor2d(batch.observation, [24, 4]);
      const input = { rows: 6, B: 4, extra: null, keep: null, coreState: null };
      const steps = tensor2d(batch.steps, [20, 7]);
      const distribution = distributionFor(cartPole.actionSpace);
      const coefficients = { entCoef: 0, baselineCoef: 0, rhoBar: 1, pgRhoBar: 1 };
      const settings = { T: 5, B: 4, distribution, coefficients, scale: 1 };
      return flatGradient(tensor1d(initialParameters(network, 'identity', 1)), layout, (weights) =>
        lossOf(
          impala,
          { heads: headsOf({ ...input, observation }, weights, layout), steps, oldHeads: null },
          settings,
          () => {},
        ),
      );
    });
    const values = await gradient.data();
    for (const name of ['policy.weight', 'policy.bias', 'encoder.0.weight']) {
      const elements: number[] = [];
      forEachElement(layout.tensors.find((tensor) => tensor.name === name)!, (_, at) => elements.push(values[at]!));
      expect(Math.max(...elements.map(Math.abs)), name).toBeGreaterThan(1e-3);
    }
  });

  it('bootstraps across time limits from the first observation of the next episode; ours from the last of its own', async () => {
    // A policy that balances is cut off by CartPole's time limit of 500 steps; what it was worth then must be on record.
    const run = await trainSerially(
      hyperparametersOf('cartpole', { ...small, numSteps: 600, batchSize: 1, numEnvsPerActor: 1, lr: 0 }),
      { updates: 1, parameters: balancingParameters() },
    );
    const rollout = viewRollouts(run.hyperparameters, run.network, run.memory)[0]!;
    const end = rollout.truncated.indexOf(1);
    expect([end, rollout.terminated[end]]).toEqual([499, 0]);
    const lastObservation = replay(run.hyperparameters.seed, rollout.action.subarray(0, 500) as Int32Array);
    expect(rollout.bootstrapValue[end]).toBe(baselineOf(lastObservation, run.network));
    expect(rollout.bootstrapValue[end]).not.toBe(rollout.baseline[end + 1]); // what RLLTE would take
    expect(rollout.bootstrapValue.filter((value) => value !== 0)).toHaveLength(1);
  });

  it('forgets truncated episodes, so a solved CartPole disappears from its curve; ours counts each once', async () => {
    const run = await trainSerially(
      hyperparametersOf('cartpole', { ...small, numSteps: 300, batchSize: 1, numEnvsPerActor: 1, lr: 0 }),
      { updates: 5, parameters: balancingParameters() },
    );
    expect(episodesOf(run).map(({ episodeReturn, frames }) => [episodeReturn, frames])).toEqual([
      [500, 600],
      [500, 1200],
      [500, 1500],
    ]);
  });

  it('takes the exponential of a Gaussian twice; ours judges actions by the deviation they were drawn with', async () => {
    const gaussian = distributionFor({ kind: 'box', shape: [1], dtype: 'float32', low: [-9], high: [9] });
    const outputs = Float32Array.of(0, 1); // Mean 0, log standard deviation 1, as RLLTE's begins.
    const [noise, action] = [new RandomStream(1, 'measurement'), new Float32Array(1)];
    let sumOfSquares = 0;
    for (let i = 0; i < 20_000; i++) {
      gaussian.sample(outputs, 0, noise, action, 0);
      sumOfSquares += action[0]! ** 2;
    }
    const deviation = Math.sqrt(sumOfSquares / 20_000);
    expect(Math.abs(deviation - Math.E)).toBeLessThan(0.06); // Four standard errors; RLLTE evaluates with e^e = 15.2.
    const peak = Math.exp(gaussian.logProbability(outputs, 0, [0], 0));
    expect(peak).toBeCloseTo(1 / (Math.E * Math.sqrt(2 * Math.PI)), 12);
    // And the learner finds that it is the policy that played.
    const run = await trainSerially(hyperparametersOf('cartpole', { ...small, env: 'Pendulum-v1', logInterval: 1 }), {
      updates: 1,
    });
    const [row] = run.reports.map(({ rows }) => rows).filter((rows) => rows.length > 0);
    expect(row![learnerMetricNames.indexOf('importanceWeight')]).toBeCloseTo(1, 5);
  });

  it('accepts an LSTM and ignores it; ours puts one into the network', () => {
    const { core } = parameterLayout(
      networkSpecFor(cartPole, hyperparametersOf('cartpole', { useLstm: true, hiddenDim: 12 })),
    );
    expect(core.map(({ hidden }) => hidden)).toEqual([12]);
  });

  it('accepts pre-training and ignores it; ours learns from the intrinsic reward alone', async () => {
    const learned = async (changes: Partial<Hyperparameters>) =>
      (await trainSerially(hyperparametersOf('cartpole', { ...small, pretraining: true, ...changes }), { updates: 3 }))
        .parameters;
    // The task's own reward makes no difference to what is learned; without pre-training it does.
    expect(await learned({ rewardClipping: 'softAsymmetric' })).toEqual(await learned({ rewardClipping: 'none' }));
    expect(await learned({ pretraining: false, rewardClipping: 'softAsymmetric' })).not.toEqual(
      await learned({ pretraining: false, rewardClipping: 'none' }),
    );
  });

  it('accepts a hidden width and ignores it; ours changes the network', () => {
    const shapeOf = (hiddenDim: number, featureDim: number) =>
      parameterLayout(networkSpecFor(cartPole, hyperparametersOf('cartpole', { hiddenDim, featureDim }))).tensors[2]!
        .shape;
    expect(shapeOf(12, 34)).toEqual([34, 12]);
  });

  it('puts its learners behind one lock; ours learn at the same time, as one with a batch as large as all of theirs', async () => {
    await openBackend('cpu');
    const backend = await openBackend('cpu');
    const numLearners = 2;
    const each = resolveAutomatic(hyperparametersOf('cartpole', { ...small, numLearners }), machine);
    const one = resolveAutomatic(
      hyperparametersOf('cartpole', { ...small, batchSize: small.batchSize * numLearners }),
      machine,
    );
    const network = networkSpecFor(cartPole, each);
    const parameters = initialParameters(network, 'identity', 1);
    const batches = [1, 2].map((seed) => syntheticBatch({ ...each, seed }, network));
    const whole = syntheticBatch(one, network);
    for (const [name, width] of [
      ['observation', 4],
      ['steps', 7],
    ] as const) {
      const rows = whole[name].length / (width * small.batchSize * numLearners);
      for (let t = 0; t < rows; t++) {
        for (const [l, batch] of batches.entries()) {
          const size = small.batchSize * width;
          whole[name].set(batch[name].subarray(t * size, (t + 1) * size), (t * numLearners + l) * size);
        }
      }
    }
    const { size } = parameterLayout(network);
    const exchange = new GradientExchange(GradientExchange.allocate(numLearners, size + 5), numLearners);
    const engines = batches.map(() => new LearnerEngine(backend, each, network, parameters));
    const alone = new LearnerEngine(backend, one, network, parameters);
    for (let update = 0; update < 3; update++) {
      const together = await Promise.all(
        engines.map((engine, l) =>
          engine.updateTogether(batches[l]!, 0.01, (values) =>
            exchange.sum(
              l,
              update,
              values,
              () => false,
              () => new Promise((resolve) => setTimeout(resolve)),
            ),
          ),
        ),
      );
      const expected = await alone.update(whole, 0.01);
      expect(together[0]!.parameters).toEqual(together[1]!.parameters);
      for (const [i, value] of expected.parameters.entries()) expect(together[0]!.parameters[i]).toBeCloseTo(value, 5);
    }
  });

  it('writes weights that it cannot read back; ours come back as they were', () => {
    const h = hyperparametersOf('cartpole', { lastActionReward: true });
    const network = networkSpecFor(cartPole, h);
    const parameters = initialParameters(network, 'identity', 3);
    const { parameters: read, hyperparameters } = decodeWeights(encodeWeights(parameters, network, h), network);
    expect(read).toEqual(parameters);
    expect(hyperparameters).toEqual(h);
  });

  it('derives no seed for its first actor and repeats its action noise; ours play different episodes', async () => {
    const run = await trainSerially(hyperparametersOf('cartpole', { ...small, numActors: 2, batchSize: 8 }), {
      updates: 1,
    });
    const starts = viewRollouts(run.hyperparameters, run.network, run.memory)
      .slice(0, 8)
      .map(({ observation }) => observation[0]);
    expect(new Set(starts).size).toBe(8);
  });
});

/** The last observation of the first actor's first episode, played again in the Gymnasium way. */
function replay(seed: number, actions: Int32Array): ObservationArray {
  const env = asGym(findEnv('CartPole-v1'));
  env.reset({ seed: new RandomStream(seed, 'envSeed', 0, 0).uint32() });
  return [...actions].map((action) => env.step(action)[0]).at(-1)!;
}

function baselineOf(observation: ObservationArray, network: NetworkSpec): number {
  const inference = createInference(network, 1);
  inference.parameters.set(balancingParameters());
  inference.parametersChanged();
  inference.observation.set(observation);
  inference.forward(1);
  return inference.baseline[0]!;
}

/** Weights that balance CartPole: push to where the pole leans, the cart drifts, and both are moving. V is the first feature. */
function balancingParameters(): Float32Array {
  const network = networkSpecFor(cartPole, hyperparametersOf('cartpole', small));
  const { size, encoder, heads } = parameterLayout(network);
  const parameters = new Float32Array(size);
  const [first, second] = encoder as unknown as [typeof heads, typeof heads];
  for (const [i, weight] of [0.05, 0.1, 1, 0.3].entries()) parameters[first.kernelAt + i * first.outputSize] = weight;
  parameters[second.kernelAt] = 1;
  parameters[heads.kernelAt] = -1e4; // logit of pushing left
  parameters[heads.kernelAt + 1] = 1e4; // logit of pushing right
  parameters[heads.kernelAt + 2] = 1; // V
  return parameters;
}
