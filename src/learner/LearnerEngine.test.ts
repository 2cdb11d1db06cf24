import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError } from '../../test/golden/tensors.ts';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { lossSums } from '../metrics/metrics.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { GradientExchange } from '../rollout/GradientExchange.ts';
import { Batch } from './Batch.ts';
import { type BackendHandle, openBackend } from './backends.ts';
import { syntheticBatch } from './createEngine.ts';
import { LearnerEngine } from './LearnerEngine.ts';
import { Normalisation } from './Normalisation.ts';

let backend: BackendHandle;
beforeAll(async () => {
  backend = await openBackend('cpu');
});

function setUp(changes: Partial<Hyperparameters> = {}) {
  const h = resolveAutomatic(
    hyperparametersOf('cartpole', { numSteps: 5, batchSize: 6, hiddenDim: 8, featureDim: 8, ...changes }),
    { hardwareConcurrency: 2 },
  );
  const network = networkSpecFor(findEnv(h.env).spec, h);
  // Without `identity` the policy head starts so small that all gradients look alike.
  const engine = new LearnerEngine(backend, h, network, initialParameters(network, 'identity', 1));
  return { h, network, engine, batch: syntheticBatch(h, network) };
}

/** Parameters after each of `count` updates from the same batch. */
async function learn(changes: Partial<Hyperparameters>, count: number): Promise<Float32Array[]> {
  const { engine, batch } = setUp(changes);
  const history: Float32Array[] = [];
  for (let i = 0; i < count; i++) history.push((await engine.update(batch, 0.01)).parameters.slice());
  return history;
}

describe('An update', () => {
  it.each(['impala', 'appo'] as const)(
    'sees every rollout once in each epoch, whatever the minibatches: %s',
    async (algorithm) => {
      for (const core of [{}, { useLstm: true, lastActionReward: true }]) {
        const sumsOf = async (parts: Partial<Hyperparameters>) => {
          const { engine, batch } = setUp({ algorithm, ...core, ...parts });
          batch.coreState.forEach((_, i) => {
            batch.coreState[i] = Math.sin(i);
          });
          return (await engine.update(batch, 0)).sums;
        };
        const whole = await sumsOf({});
        expect(relativeError(await sumsOf({ numMinibatches: 3 }), whole)).toBeLessThan(1e-6);
        expect(relativeError(await sumsOf({ numMinibatches: 2, numEpochs: 3 }), whole)).toBeLessThan(1e-6);
      }
    },
  );

  it('makes one optimiser step for each minibatch of each epoch', async () => {
    const [once] = await learn({}, 1);
    const twice = await learn({}, 2);
    const [twoEpochs] = await learn({ numEpochs: 2 }, 1);
    expect(twice[0]).toEqual(once);
    expect(twoEpochs).toEqual(twice[1]);
    expect(await learn({ numMinibatches: 2 }, 1)).not.toEqual([once]);
  });

  it('splits batches in the same way for the same seed, and in another for another', async () => {
    const parts = { numMinibatches: 3, numEpochs: 2 };
    const { h, network, batch } = setUp(parts);
    const learned = async (seed: number) =>
      (
        await new LearnerEngine(backend, { ...h, seed }, network, initialParameters(network, 'identity', 1)).update(
          batch,
          0.01,
        )
      ).parameters.slice();
    expect(await learned(1)).toEqual(await learned(1));
    expect(await learned(1)).not.toEqual(await learned(2));
  });

  it('with APPO is one of IMPALA as long as the target network is the policy itself', async () => {
    const [impala] = await learn({ algorithm: 'impala' }, 1);
    const [appo] = await learn({ algorithm: 'appo', clipRange: 10, rhoBar: 1e6, pgRhoBar: 1e6 }, 1);
    const [unclipped] = await learn({ algorithm: 'impala', rhoBar: 1e6, pgRhoBar: 1e6 }, 1);
    expect(relativeError(appo!, unclipped!)).toBeLessThan(1e-4);
    expect(relativeError(appo!, impala!)).toBeGreaterThan(0);
  });

  it('renews the target network at the interval asked for', async () => {
    const every = await learn({ algorithm: 'appo', targetUpdateInterval: 1 }, 3);
    const everyOther = await learn({ algorithm: 'appo', targetUpdateInterval: 2 }, 3);
    const never = await learn({ algorithm: 'appo', targetUpdateInterval: 100 }, 3);
    expect(everyOther[0]).toEqual(every[0]);
    expect(everyOther[1]).not.toEqual(every[1]); // The target is one update old.
    expect(never[1]).toEqual(everyOther[1]);
    expect(never[2]).not.toEqual(everyOther[2]); // One of them has been renewed meanwhile.
  });

  it('keeps no tensors, with a target network and minibatches', async () => {
    const { engine, batch } = setUp({ algorithm: 'appo', numEpochs: 2, numMinibatches: 3, targetUpdateInterval: 2 });
    await engine.update(batch, 0.01);
    const before = engine.numTensors;
    for (let i = 0; i < 4; i++) await engine.update(batch, 0.01);
    expect(engine.numTensors).toBe(before);
    engine.dispose();
  });

  it('of several learners is the same for all of them, minibatch after minibatch', async () => {
    const numLearners = 2;
    const observationsEach = 5;
    const setUps = [1, 2].map((seed) => {
      const own = setUp({
        algorithm: 'appo',
        numLearners,
        numEpochs: 2,
        numMinibatches: 3,
        observationNormalisation: true,
      });
      const layout = parameterLayout(own.network);
      const normalisation = new Normalisation(layout, initialParameters(own.network, 'identity', 1));
      for (let i = 0; i < observationsEach; i++) normalisation.observation!.countSample();
      const batch = new Batch(own.h, own.network, normalisation);
      batch.steps.set(syntheticBatch({ ...own.h, seed }, own.network).steps);
      batch.observation.fill(seed);
      return { ...own, layout, batch };
    });
    const { layout } = setUps[0]!;
    const size = layout.trainableSize + lossSums.length + setUps[0]!.batch.normalisation!.numSums;
    const exchange = new GradientExchange(GradientExchange.allocate(numLearners, size), numLearners);
    const rounds = [0, 0];
    const sleep = () => new Promise<void>((resolve) => setTimeout(resolve));
    const [first, second] = await Promise.all(
      setUps.map(({ engine, batch }, learner) =>
        engine.updateTogether(batch, 0.01, (values) =>
          exchange.sum(learner, rounds[learner]!++, values, () => false, sleep),
        ),
      ),
    );
    expect(rounds).toEqual([6, 6]);
    expect(first!.parameters).toEqual(second!.parameters);
    expect(first!.sums).toEqual(second!.sums);
    // The running statistics are added up once, not once for each step.
    expect(first!.parameters[layout.observationStatistics!.count]).toBe(numLearners * observationsEach);
  });
});
