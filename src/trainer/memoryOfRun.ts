/**
 * How much memory a run takes, from the layouts that allocate it. What the learner's engine takes is counted where an update is composed
 * of TensorFlow.js kernels, as on WebGPU: they give their arrays back only when the gradient is done. The losses' own are not counted.
 */
import { stepSize } from '../algorithms/lossLayout.ts';
import { findAlgorithm } from '../algorithms/registry.ts';
import { intrinsicWeight } from '../config/derivedSizes.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import { distributionFor } from '../distributions/distribution.ts';
import { distilledSpecs } from '../networks/distillation.ts';
import { coreStateSize, type NetworkSpec } from '../networks/networkSpec.ts';
import { type ConvStage, type EncoderStage, encoderLayout, parameterLayout } from '../networks/parameterLayout.ts';
import { slotSizeBytes } from '../rollout/storageLayout.ts';
import { rolloutSpecFor } from '../rollout/trainingMemory.ts';

export interface MemoryOfRun {
  /** Shared by actors and learners: every storage. */
  readonly rolloutBytes: number;
  readonly learner: LearnerMemory;
}

/** Of one learner's engine, in bytes. */
export interface LearnerMemory {
  /** Of the policy before and after a step, and by layers; of a target network and of random network distillation. */
  readonly weights: number;
  /** The two running means that an optimiser keeps of each weight, before and after a step. */
  readonly optimiser: number;
  /** Of the weights: by layers, joined, squared; and what is read back. */
  readonly gradients: number;
  /** What the batch brings: observations, actions, rewards. */
  readonly batch: number;
  /** What the layers give, its gradients, and the patches that gradients of convolutions are made from. */
  readonly activations: number;
  readonly total: number;
  /** The largest single array: an engine refuses one that is too large, however much memory there is. */
  readonly largest: LargestArray;
}

export interface LargestArray {
  readonly what: string;
  readonly bytes: number;
  /** Whether fewer rollouts in an optimiser step make it smaller. */
  readonly growsWithBatch: boolean;
}

/** @param h without "automatic" values; its minibatches must divide the batch */
export const memoryOfRun = (h: Hyperparameters, network: NetworkSpec): MemoryOfRun => ({
  rolloutBytes: h.numStorages * slotSizeBytes(rolloutSpecFor(h, network)),
  learner: learnerMemory(h, network),
});

const float = Float32Array.BYTES_PER_ELEMENT;

function learnerMemory(h: Hyperparameters, network: NetworkSpec): LearnerMemory {
  const layout = parameterLayout(network);
  const rollouts = h.batchSize / h.numMinibatches;
  const rows = (h.numSteps + 1) * rollouts;
  const observationSize = product(network.observationSpace.shape);
  const { outputSize, actionSize } = distributionFor(network.actionSpace);
  const trained = layout.trainableSize;
  const target = findAlgorithm(h.algorithm).usesTargetNetwork ? trained : 0;
  const distilled = intrinsicWeight(h) > 0 ? distilledSpecs(network, h) : null;
  const [random, predictor] = distilled
    ? [encoderLayout(distilled.target), encoderLayout(distilled.predictor)]
    : [noEncoder, noEncoder];

  const outputs = [
    ...encoderOutputs(layout.encoder, observationSize),
    layout.heads.outputSize,
    ...encoderOutputs(random.encoder, observationSize),
    ...encoderOutputs(predictor.encoder, observationSize),
  ];
  const gates = layout.core.map(({ hidden }) => 4 * hidden);
  const patches = [layout, predictor].flatMap(({ encoder }) => convsOf(encoder)).map(patchesOf);
  const batch =
    rows * (observationSize + layout.extraSize + 1) +
    rollouts * (h.numSteps * stepSize(outputSize, actionSize) + coreStateSize(network));
  const learned = trained + predictor.trainableSize;
  const bytes = {
    weights: float * (3 * learned + target + random.trainableSize),
    optimiser: float * 4 * learned,
    gradients: float * 4 * learned,
    batch: float * batch,
    activations: float * rows * (arraysOfLayer * sum(outputs) + arraysOfGates * sum(gates) + sum(patches)),
  };
  const candidates: readonly LargestArray[] = [
    { what: 'the weights and their running means', bytes: float * 3 * trained, growsWithBatch: false },
    { what: 'the observations', bytes: float * rows * observationSize, growsWithBatch: true },
    { what: 'what a layer gives', bytes: float * rows * Math.max(...outputs, ...gates), growsWithBatch: true },
    {
      what: 'the pixels under the kernels of a convolution',
      bytes: float * rows * Math.max(0, ...patches),
      growsWithBatch: true,
    },
  ];
  return {
    ...bytes,
    total: sum(Object.values(bytes)),
    largest: candidates.reduce((a, b) => (b.bytes > a.bytes ? b : a)),
  };
}

const noEncoder = { encoder: [], trainableSize: 0 } as const;

/** Of the size of a layer's output: before and after its nonlinearity, and the gradients of both. */
const arraysOfLayer = 4;
/** Of the size of an LSTM's four gates: they, cells and outputs in several copies, and their gradients. */
const arraysOfGates = 8;
/** Outputs of a residual block: of two nonlinearities, two convolutions, and the sum with its input. */
const outputsOfBlock = 5;

/** Numbers per row that each operation of an encoder gives. */
function encoderOutputs(stages: readonly EncoderStage[], inputSize: number): number[] {
  const outputs: number[] = [];
  for (const stage of stages) {
    if (stage.kind === 'dense') outputs.push(stage.outputSize);
    else if (stage.kind === 'conv') outputs.push(product(stage.output));
    else if (stage.kind === 'relu') outputs.push(outputs.at(-1) ?? inputSize);
    else {
      const size = product(stage.output);
      outputs.push(product(stage.conv.output), size, ...Array(outputsOfBlock * stage.blocks.length).fill(size));
    }
  }
  return outputs;
}

const convsOf = (stages: readonly EncoderStage[]): ConvStage[] =>
  stages.flatMap((stage) => {
    if (stage.kind === 'conv') return [stage];
    return stage.kind === 'residual' ? [stage.conv, ...stage.blocks.flat()] : [];
  });

/** Numbers per row of the copy of an image in which each output position has its own pixels, for the gradient of the filters. */
const patchesOf = ({ kernel, input, output }: ConvStage): number => kernel ** 2 * input[2] * output[0] * output[1];

const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
