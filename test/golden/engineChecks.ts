/**
 * What every engine of the learner must compute, recorded from the reference implementations in PyTorch. Called by a unit test
 * for cpu and by a browser test for wasm and webgpu, so that one set of numbers judges them all.
 */
import { dispose, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import gradClipJson from '#fixtures/optim/grad-clip.json?raw';
import optimizersJson from '#fixtures/optim/optimizers.json?raw';
import learnerStepJson from '#fixtures/vtrace/learner-step.json?raw';
import { stepColumns, stepSize } from '../../src/algorithms/lossLayout.ts';
import { learningRateAt } from '../../src/config/derivedSizes.ts';
import { defaultHyperparameters, type Hyperparameters } from '../../src/config/hyperparameters.ts';
import { Batch } from '../../src/learner/Batch.ts';
import { type BackendHandle, type BackendName, openBackend } from '../../src/learner/backends.ts';
import { LearnerEngine } from '../../src/learner/LearnerEngine.ts';
import { optimizerStepOf } from '../../src/learner/operations.ts';
import { clipCoefficient, type OptimizerSettings, stepRates } from '../../src/learner/optimizerStep.ts';
import type { NetworkSpec } from '../../src/networks/networkSpec.ts';
import { forEachElement, parameterLayout } from '../../src/networks/parameterLayout.ts';
import { clipReward } from '../../src/networks/rewardClipping.ts';
import { float32Of, numbersOf, type RecordedTensor, relativeError } from './tensors.ts';

type Tensors<Names extends string> = Readonly<Record<Names, RecordedTensor>>;

const clippingOf = { none: 'none', abs_one: 'absOne' } as const;

export function describeEngine(name: BackendName): void {
  describe(`The ${name} engine`, () => {
    let backend: BackendHandle;
    beforeAll(async () => {
      backend = await openBackend(name);
    });

    const optimizerCases = (JSON.parse(optimizersJson) as { cases: OptimizerCase[] }).cases;
    it.each(optimizerCases)("makes PyTorch's optimiser steps: $id", async (c) => {
      let state = initialState(c);
      for (const [t, gradients] of c.gradients.entries()) {
        const next = tidy(() => {
          const gradient = tensor1d(flatten(gradients));
          const squaredNorm = gradient.square().sum();
          const settings = settingsOf(c);
          const rates = tensor1d(stepRates(settings, c.steps[t]!.learning_rate, t + 1));
          const attrs = { ...settings, size: gradient.size };
          return optimizerStepOf(tensor1d(state), gradient, squaredNorm, rates, attrs);
        });
        state = Float32Array.from(await next.data());
        dispose(next);
        const { parameters } = c.steps[t]!;
        const size = state.length / 3;
        expect(relativeError(state.slice(0, size), flatten(parameters))).toBeLessThan(2e-6);
      }
      backend.throwIfFailed();
    });

    const learnerCases = (JSON.parse(learnerStepJson) as { cases: LearnerCase[] }).cases;
    it.each(learnerCases)('makes whole updates as TorchBeast does: $id', async (c) => {
      const { h, network } = learnerSettings(c);
      const engine = new LearnerEngine(backend, h, network, fromNamed(c.initial_parameters, network));
      for (const [k, update] of c.updates.entries()) {
        const batch = learnerBatch(c, update.batch, h, network);
        const learningRate = learningRateAt(k, h);
        expect(learningRate).toBeCloseTo(update.learning_rate, 12);
        const result = await engine.update(batch, learningRate);
        const { pg_loss, baseline_loss, entropy_loss } = update.losses;
        const [policyLoss, baselineLoss, entropy] = result.sums as unknown as [number, number, number];
        const losses = [policyLoss, c.baseline_cost * baselineLoss, -c.entropy_cost * entropy];
        expect(relativeError(losses, [pg_loss, baseline_loss, entropy_loss])).toBeLessThan(1e-5);
        expect(relativeError([result.gradNorm], [update.grad_norm])).toBeLessThan(1e-5);
        expect(relativeError(result.parameters, fromNamed(update.parameters_after, network))).toBeLessThan(2e-6);
      }
      engine.dispose();
    });

    it('goes on bit for bit from the state of another one', async () => {
      const c = learnerCases.find(({ updates }) => updates.length > 2)!;
      const { h, network } = learnerSettings(c);
      const batches = c.updates.map((update) => learnerBatch(c, update.batch, h, network));
      const whole = new LearnerEngine(backend, h, network, fromNamed(c.initial_parameters, network));
      for (const batch of batches.slice(0, 2)) await whole.update(batch, 0.001);
      const resumed = new LearnerEngine(backend, h, network, new Float32Array(parameterLayout(network).size));
      resumed.importState(await whole.exportState(), 2);
      for (const batch of batches.slice(2)) {
        expect((await resumed.update(batch, 0.001)).parameters).toEqual((await whole.update(batch, 0.001)).parameters);
      }
      whole.dispose();
      resumed.dispose();
    });

    it('keeps no tensors from one update to the next', async () => {
      const c = learnerCases[0]!;
      const { h, network } = learnerSettings(c);
      const engine = new LearnerEngine(backend, h, network, fromNamed(c.initial_parameters, network));
      const batch = learnerBatch(c, c.updates[0]!.batch, h, network);
      await engine.update(batch, 0.001);
      const before = engine.numTensors;
      for (let i = 0; i < 5; i++) await engine.update(batch, 0.001);
      expect(engine.numTensors).toBe(before);
      engine.dispose();
    });
  });
}

/** Pure arithmetic, the same for every engine. */
export function describeClipping(): void {
  interface ClipCase {
    readonly id: string;
    readonly max_norm: number;
    readonly total_norm: number;
    readonly clip_coefficient: number;
  }
  const cases = (JSON.parse(gradClipJson) as { cases: ClipCase[] }).cases;
  describe('The coefficient of gradient clipping', () => {
    it.each(cases)("is PyTorch's: $id", (c) => {
      expect(relativeError([clipCoefficient(c.total_norm, c.max_norm)], [c.clip_coefficient])).toBeLessThan(1e-13);
    });

    it('is 1 where clipping is turned off', () => {
      expect(clipCoefficient(1e9, 0)).toBe(1);
    });
  });
}

// ── the optimisers ────────────────────────────────────────────────────────────────────────────────────────────────────────

type Named = Readonly<Record<string, RecordedTensor>>;

interface OptimizerCase {
  readonly id: string;
  readonly optimizer: {
    readonly name: 'RMSprop' | 'Adam';
    readonly eps: number;
    readonly alpha?: number;
    readonly momentum?: number;
    readonly betas?: readonly [number, number];
  };
  readonly max_grad_norm: number | null;
  readonly initial_parameters: Named;
  readonly gradients: readonly Named[];
  readonly steps: readonly { readonly learning_rate: number; readonly parameters: Named }[];
}

const flatten = (named: Named): Float32Array<ArrayBuffer> => Float32Array.from(Object.values(named).flatMap(numbersOf));

function initialState(c: OptimizerCase): Float32Array<ArrayBuffer> {
  const parameters = flatten(c.initial_parameters);
  const state = new Float32Array(3 * parameters.length);
  state.set(parameters);
  return state;
}

const settingsOf = (c: OptimizerCase): OptimizerSettings => ({
  optimizer: c.optimizer.name === 'Adam' ? 'adam' : 'rmsprop',
  maxGradNorm: c.max_grad_norm ?? 0,
  eps: c.optimizer.eps,
  momentum: c.optimizer.betas?.[0] ?? c.optimizer.momentum!,
  decay: c.optimizer.betas?.[1] ?? c.optimizer.alpha!,
});

// ── whole updates ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface LearnerCase {
  readonly id: string;
  readonly T: number;
  readonly B: number;
  readonly observation_size: number;
  readonly hidden: number;
  readonly num_actions: number;
  readonly gamma: number;
  readonly baseline_cost: number;
  readonly entropy_cost: number;
  readonly reward_clipping: 'none' | 'abs_one';
  readonly max_grad_norm: number;
  readonly optimizer: Readonly<Record<'learning_rate' | 'alpha' | 'eps' | 'momentum' | 'total_steps', number>>;
  readonly initial_parameters: Named;
  readonly updates: readonly {
    readonly batch: Tensors<'frame' | 'reward' | 'done' | 'policy_logits' | 'action'>;
    readonly learning_rate: number;
    readonly losses: Readonly<Record<'pg_loss' | 'baseline_loss' | 'entropy_loss', number>>;
    readonly grad_norm: number;
    readonly parameters_after: Named;
  }[];
}

function learnerSettings(c: LearnerCase): { h: Hyperparameters; network: NetworkSpec } {
  const h: Hyperparameters = {
    ...defaultHyperparameters,
    numSteps: c.T,
    batchSize: c.B,
    numTrainSteps: c.optimizer.total_steps,
    optimizer: 'rmsprop',
    lr: c.optimizer.learning_rate,
    alpha: c.optimizer.alpha,
    eps: c.optimizer.eps,
    momentum: c.optimizer.momentum,
    maxGradNorm: c.max_grad_norm,
    discount: Math.fround(c.gamma), // The recording's γ is rounded to float32.
    baselineCoef: c.baseline_cost,
    entCoef: c.entropy_cost,
    lossReduction: 'sum',
    rewardClipping: clippingOf[c.reward_clipping],
  };
  const dense = { kind: 'dense', width: c.hidden, activation: 'tanh' } as const;
  const network: NetworkSpec = {
    observationSpace: { kind: 'box', shape: [c.observation_size], dtype: 'float32', low: [-10], high: [10] },
    actionSpace: { kind: 'discrete', n: c.num_actions },
    encoder: [dense, dense],
    lastActionReward: false,
    core: null,
    logStd: 'stateIndependent',
    observationNormalisation: false,
    rewardNormalisation: false,
  };
  return { h, network };
}

const recordedNames: Readonly<Record<string, string>> = { 'encoder.0': 'l1', 'encoder.2': 'l2' };

/** Recorded weights, [out, in], in our flat layout. */
function fromNamed(named: Named, network: NetworkSpec): Float32Array<ArrayBuffer> {
  const layout = parameterLayout(network);
  const parameters = new Float32Array(layout.size);
  for (const tensor of layout.tensors) {
    const { name } = tensor;
    const [module, kind] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))];
    const values = numbersOf(named[(recordedNames[module] ?? module) + kind]!);
    forEachElement(tensor, (element, at) => {
      parameters[at] = values[element]!;
    });
  }
  return parameters;
}

/** TorchBeast's rows hold what led to an observation, ours what followed it: hence the shift by one. */
function learnerBatch(
  c: LearnerCase,
  recorded: LearnerCase['updates'][number]['batch'],
  h: Hyperparameters,
  network: NetworkSpec,
): Batch {
  const batch = new Batch(h, network);
  const { B, num_actions: P } = c;
  batch.observation.set(numbersOf(recorded.frame));
  const [rewards, done, actions] = [numbersOf(recorded.reward), numbersOf(recorded.done), numbersOf(recorded.action)];
  const logits = float32Of(recorded.policy_logits);
  for (let i = 0; i < c.T * B; i++) {
    const next = i + B;
    const at = i * stepSize(P, 1);
    batch.steps.set(logits.subarray(next * P, (next + 1) * P), at);
    batch.steps[at + P] = actions[next]!;
    batch.steps[at + P + 1 + stepColumns.reward] = clipReward(rewards[next]!, h.rewardClipping);
    batch.steps[at + P + 1 + stepColumns.discount] = done[next] ? 0 : h.discount;
  }
  return batch;
}
