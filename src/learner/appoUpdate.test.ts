import { describe, expect, it } from 'vitest';
import { resolveAutomatic } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { hyperparametersOf } from '../config/presets.ts';
import { RandomStream } from '../math/randomStream.ts';
import { lossSums } from '../metrics/metrics.ts';
import { initialParameters } from '../networks/initialise.ts';
import { networkOf } from '../networks/networkOf.ts';
import { GradientExchange } from '../rollout/GradientExchange.ts';
import type { Batch } from './Batch.ts';
import { openBackend } from './backends.ts';
import { syntheticBatch } from './createEngine.ts';
import { LearnerEngine } from './LearnerEngine.ts';
import { Minibatches } from './Minibatches.ts';

const learningRate = 0.01;
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

const hyperparametersWith = (changes: Partial<Hyperparameters>): Hyperparameters =>
  resolveAutomatic(
    hyperparametersOf('cartpole', {
      algorithm: 'appo',
      numSteps: 3,
      batchSize: 4,
      numActors: 1,
      hiddenDim: 5,
      featureDim: 6,
      useLstm: true,
      lastActionReward: true,
      ...changes,
    }),
    { hardwareConcurrency: 2 },
  );

const parametersOf = (h: Hyperparameters) => initialParameters(networkOf(h), 'orthogonal', 3);

async function engineOf(h: Hyperparameters): Promise<LearnerEngine> {
  return new LearnerEngine(await openBackend('cpu'), h, networkOf(h), parametersOf(h));
}

/** A batch that says something about every input of the network and the loss. */
function batchOf(h: Hyperparameters, seed: number): Batch {
  const batch = syntheticBatch({ ...h, seed }, networkOf(h));
  const random = new RandomStream(seed, 'measurement', 1);
  for (const values of [batch.extra, batch.coreState])
    for (let i = 0; i < values.length; i++) values[i] = random.normal();
  for (let i = 0; i < batch.keep.length; i++) batch.keep[i] = random.uniform() < 0.2 ? 0 : 1;
  return batch;
}

describe('An update of APPO', () => {
  it('is a step for every minibatch of every epoch, all of them against the same target network', async () => {
    const whole = hyperparametersWith({ numEpochs: 2, numMinibatches: 2, targetUpdateInterval: 1 });
    const half = hyperparametersWith({ batchSize: 2, numEpochs: 1, numMinibatches: 1, targetUpdateInterval: 4 });
    const [engine, stepwise] = [await engineOf(whole), await engineOf(half)];
    const minibatches = new Minibatches(whole, networkOf(whole)); // Draws the same orders as the engine's.
    for (const seed of [1, 2]) {
      const batch = batchOf(whole, seed);
      const result = await engine.update(batch, learningRate);
      const steps = [];
      for (let step = 0; step < 4; step++) {
        const { parameters, sums, gradNorm } = await stepwise.update(minibatches.take(batch, step), learningRate);
        steps.push({ parameters: parameters.slice(), sums, gradNorm });
      }
      expect(result.parameters).toEqual(steps.at(-1)!.parameters);
      // Reported: the sums over a batch as the mean over epochs, and the mean norm.
      for (const [i, total] of result.sums.entries()) {
        expect(total).toBeCloseTo(steps.reduce((sum, step) => sum + step.sums[i]!, 0) / 2, 4);
      }
      expect(result.gradNorm).toBeCloseTo(steps.reduce((sum, step) => sum + step.gradNorm, 0) / 4, 6);
    }
    engine.dispose();
    stepwise.dispose();
  });

  it('of several learners with the same batch is that of one with it', async () => {
    const numLearners = 2;
    const schedule = { numEpochs: 2, numMinibatches: 2, targetUpdateInterval: 2 };
    const each = hyperparametersWith({ ...schedule, numLearners });
    const one = hyperparametersWith(schedule);
    const exchange = new GradientExchange(
      GradientExchange.allocate(numLearners, parametersOf(each).length + lossSums.length),
      numLearners,
    );
    const engines = [await engineOf(each), await engineOf(each)];
    const alone = await engineOf(one);
    const rounds = [0, 0];
    for (const seed of [1, 2, 3]) {
      const together = await Promise.all(
        engines.map((engine, l) =>
          engine.updateTogether(batchOf(each, seed), learningRate, (values) => {
            const round = rounds[l]!;
            rounds[l] = round + 1;
            return exchange.sum(l, round, values, () => false, nextTurn);
          }),
        ),
      );
      const expected = await alone.update(batchOf(one, seed), learningRate);
      expect(together[0]!.parameters).toEqual(together[1]!.parameters);
      for (const [i, value] of expected.parameters.entries()) expect(together[0]!.parameters[i]).toBeCloseTo(value, 5);
      for (const [i, total] of expected.sums.entries()) expect(together[0]!.sums[i]).toBeCloseTo(2 * total, 4);
    }
    for (const engine of [...engines, alone]) engine.dispose();
  });

  it.each([1, 2])('with %i learners keeps no tensors', async (numLearners) => {
    const h = hyperparametersWith({ intrinsicCoef: 0.1, numLearners });
    const engine = await engineOf(h);
    const update = () =>
      numLearners === 1
        ? engine.update(batchOf(h, 1), learningRate)
        : engine.updateTogether(batchOf(h, 1), learningRate, async () => true);
    await update();
    const before = engine.numTensors;
    for (let i = 0; i < 3; i++) await update();
    expect(engine.numTensors).toBe(before);
    engine.dispose();
  });
});
