/**
 * What networks must compute, forward and backward, recorded from PyTorch: layers of the learner's graph on every engine, and the actors'
 * inference forward. Called by a unit test for cpu and by a browser test for wasm and webgpu.
 */
import {
  dispose,
  grads,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import convJson from '#fixtures/nn/conv.json?raw';
import lstmJson from '#fixtures/nn/lstm.json?raw';
import mlpJson from '#fixtures/nn/mlp.json?raw';
import residualJson from '#fixtures/nn/residual.json?raw';
import type { Activation, EncoderLayer } from '../../src/config/encoders.ts';
import { encodeStages, headsOf, observationShape, sliceBlocks, Weights } from '../../src/learner/actorCriticGraph.ts';
import { type BackendHandle, type BackendName, openBackend } from '../../src/learner/backends.ts';
import { lstmWithCell } from '../../src/learner/lstmOperation.ts';
import { RandomStream } from '../../src/math/randomStream.ts';
import type { NetworkSpec } from '../../src/networks/networkSpec.ts';
import {
  type DenseStage,
  forEachElement,
  type ParameterLayout,
  parameterLayout,
} from '../../src/networks/parameterLayout.ts';
import { PlainInference, type PolicyInference } from '../../src/networks/policyInference.ts';
import { numbersOf, type RecordedTensor } from './tensors.ts';

type Named = Readonly<Record<string, RecordedTensor>>;

interface Case {
  readonly id: string;
  readonly parameters: Named;
  readonly inputs: Named;
  readonly output_gradients: Named;
}

interface Answers {
  readonly outputs: Named;
  readonly gradients: Named;
}

interface MlpCase extends Case, Answers {
  readonly sizes: readonly number[];
  readonly activation: Activation;
  /** Width of each head; the last one is our baseline, the others together our policy. */
  readonly heads: Readonly<Record<string, number>>;
  readonly batch: number;
}

interface ConvCase extends Case, Answers {
  readonly scaled_by_255: boolean;
  readonly activation: Activation;
  readonly fully_connected: number;
  readonly layers: readonly Readonly<Record<'filters' | 'kernel' | 'stride' | 'padding', number>>[];
}

interface ResidualCase extends Case {
  readonly batch: number;
  readonly out_channels: number;
  readonly torch_pooling: Answers;
  readonly tf_same_pooling: Answers;
  readonly both_poolings_agree: boolean;
}

interface LstmCase extends Case, Answers {
  readonly layers: number;
  readonly T: number;
  readonly B: number;
  readonly input_size: number;
  readonly hidden_size: number;
  readonly done: RecordedTensor;
}

const casesOf = <C>(json: string): C[] => (JSON.parse(json) as { cases: C[] }).cases;

/** Relative to the largest magnitude of a tensor. */
const tolerance = 1e-5;

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  let [worst, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  expect(worst, what).toBeLessThanOrEqual(tolerance * largest + 1e-12);
}

export function describeNetworks(name: BackendName): void {
  describe(`Networks on the ${name} engine`, () => {
    let backend: BackendHandle;
    beforeAll(async () => {
      backend = await openBackend(name);
    });

    it.each(casesOf<MlpCase>(mlpJson))('are multi-layer perceptrons as in PyTorch: $id', async (c) => {
      const { network, parameters } = mlpNetwork(c);
      const layout = parameterLayout(network);
      // All heads lie side by side in ours.
      const widths = Object.values(c.heads);
      const sideBySide = (named: Named) =>
        interleave(
          Object.keys(c.heads).map((head) => numbersOf(named[head]!)),
          widths,
        );
      const isWithoutBaseline = widths.at(-1) !== 1;
      const withBaseline = (values: number[]) =>
        isWithoutBaseline ? interleave([values, zeros(c.batch)], [widths[0]!, 1]) : values;
      const outputGradient = withBaseline(sideBySide(c.output_gradients));
      const x = tensor(numbersOf(c.inputs.x!), observationShape(layout, c.batch, c.sizes[0]!), 'float32');
      const forward = (weights: Weights) =>
        headsOf({ rows: 1, B: c.batch, observation: x, extra: null, keep: null, coreState: null }, weights, layout);
      const { output, gradient } = await differentiate(parameters, layout, forward, outputGradient);
      expectClose(output, withBaseline(sideBySide(c.outputs)), 'output');
      expectClose(gradient, flatFrom(mlpNames(c, c.gradients), network), 'gradient');
      dispose(x);
      backend.throwIfFailed();
    });

    it.each(casesOf<ConvCase>(convJson))('are convolutions as in PyTorch: $id', async (c) => {
      const { network, parameters, pixels } = convNetwork(c);
      await checkEncoder(c, { network, parameters, pixels, answers: c, output: numbersOf(c.outputs.features!) });
      backend.throwIfFailed();
    });

    it.each(casesOf<ResidualCase>(residualJson))('are residual sections as in PyTorch: $id', async (c) => {
      const { network, parameters, pixels } = residualNetwork(c);
      const answers = c.torch_pooling;
      const output = channelsLast(answers.outputs.output!);
      await checkEncoder(c, { network, parameters, pixels, answers, output });
      backend.throwIfFailed();
    });

    it.each(casesOf<LstmCase>(lstmJson))('are recurrent as in PyTorch: $id', async (c) => {
      await checkLstm(c);
      backend.throwIfFailed();
    });
  });

  /** Encoders of images, whose last dense layer is the identity where the recording has none. */
  async function checkEncoder(
    c: ConvCase | ResidualCase,
    r: { network: NetworkSpec; parameters: Float32Array; pixels: Float32Array; answers: Answers; output: number[] },
  ): Promise<void> {
    const layout = withoutProjection(parameterLayout(r.network), c);
    const [height, width, channels] = r.network.observationSpace.shape as [number, number, number];
    const rows = r.pixels.length / (height * width * channels);
    const x = tensor4d(r.pixels, [rows, height, width, channels]);
    const outputGradient =
      'fully_connected' in c ? numbersOf(c.output_gradients.features!) : channelsLast(c.output_gradients.output!);
    const isInputReal = r.answers.gradients.x !== undefined;
    const forward = (weights: Weights, input?: Tensor) =>
      encodeStages(input ?? x, weights, layout, input === undefined);
    const { output, gradient } = await differentiate(r.parameters, layout, forward, outputGradient);
    expectClose(output, r.output, 'output');
    // What was not recorded is 0 in both: nothing reaches the heads.
    expectClose(gradient, flatFrom(encoderNames(c, r.answers.gradients), r.network), 'gradient');
    if (isInputReal) {
      const dx = tidy(() => {
        const blocks = sliceBlocks(tensor1d(r.parameters.subarray(0, layout.trainableSize)), layout);
        const dy = tensor2d(outputGradient, [rows, outputGradient.length / rows]);
        return grads((input: Tensor) => forward(new Weights(layout, blocks), input))([x], dy)[0]!;
      });
      expectClose(await dx.data(), channelsLast(r.answers.gradients.x!), 'gradient of the input');
      dispose(dx);
    }
    dispose(x);
  }
}

/** The actors' forward pass against the same recordings. */
export function describeInference(
  name: string,
  create: (network: NetworkSpec, rows: number) => PolicyInference = (network, rows) =>
    new PlainInference(network, rows),
): void {
  describe(`${name} inference`, () => {
    it.each(casesOf<MlpCase>(mlpJson))('is PyTorch’s multi-layer perceptron: $id', (c) => {
      const { network, parameters } = mlpNetwork(c);
      const inference = create(network, c.batch);
      inference.parameters.set(parameters);
      inference.parametersChanged();
      inference.observation.set(numbersOf(c.inputs.x!));
      inference.forward(c.batch);
      const { policy, baseline } = mlpHeads(c);
      expectClose(
        inference.policyOutputs,
        interleave(
          policy.map((head) => numbersOf(c.outputs[head]!)),
          policy.map((head) => c.heads[head]!),
        ),
        'policy',
      );
      if (baseline) expectClose(inference.baseline, numbersOf(c.outputs[baseline]!), 'value');
    });

    it.each(casesOf<ConvCase>(convJson))('is PyTorch’s convolutions: $id', (c) => {
      const { network, parameters, bytes } = convNetwork(c);
      expectFeatures(network, parameters, bytes, numbersOf(c.outputs.features!));
    });

    it.each(casesOf<ResidualCase>(residualJson))('is PyTorch’s residual section: $id', (c) => {
      const { network, parameters, pixels, project } = residualNetwork(c);
      expectFeatures(network, parameters, pixels, project(channelsLast(c.torch_pooling.outputs.output!)));
      const wrong = channelsLast(c.tf_same_pooling.outputs.output!);
      const right = channelsLast(c.torch_pooling.outputs.output!);
      expect(wrong.every((value, i) => Math.abs(value - right[i]!) < 1e-9)).toBe(c.both_poolings_agree);
    });

    it.each(casesOf<LstmCase>(lstmJson))('is PyTorch’s LSTM, step by step: $id', (c) => {
      const network = lstmNetwork(c);
      const inference = create(network, c.B);
      inference.parameters.set(withIdentityHead(flatFrom(prefixed(c.parameters, 'core.'), network), network));
      inference.parametersChanged();
      const [x, h0, c0] = [numbersOf(c.inputs.x!), numbersOf(c.inputs.h0!), numbersOf(c.inputs.c0!)];
      const { layers, B, hidden_size: H } = c;
      const done = numbersOf(c.done);
      const output: number[] = [];
      for (let b = 0; b < B; b++) {
        for (let l = 0; l < layers; l++) {
          for (let j = 0; j < H; j++) {
            inference.coreState[(b * layers + l) * 2 * H + j] = h0[(l * B + b) * H + j]!;
            inference.coreState[(b * layers + l) * 2 * H + H + j] = c0[(l * B + b) * H + j]!;
          }
        }
      }
      for (let t = 0; t < c.T; t++) {
        for (let b = 0; b < B; b++) {
          if (done[t * B + b]) inference.coreState.fill(0, b * layers * 2 * H, (b + 1) * layers * 2 * H);
        }
        inference.observation.set(x.slice(t * B * c.input_size, (t + 1) * B * c.input_size));
        inference.forward(B);
        output.push(...inference.policyOutputs);
        inference.coreState.set(inference.nextCoreState);
      }
      expectClose(output, numbersOf(c.outputs.output!), 'output');
    });
  });

  /** A policy head that is the identity shows the features. */
  function expectFeatures(
    network: NetworkSpec,
    parameters: Float32Array,
    observations: ArrayLike<number>,
    features: readonly number[],
  ): void {
    const rows = observations.length / network.observationSpace.shape.reduce((a, b) => a * b, 1);
    const inference = create(network, rows);
    inference.parameters.set(withIdentityHead(parameters, network));
    inference.parametersChanged();
    inference.observation.set(observations);
    inference.forward(rows);
    expectClose(inference.policyOutputs, features, 'features');
  }
}

// ── networks of the recordings ────────────────────────────────────────────────────────────────────────────────────────────

function networkOf(
  encoder: readonly EncoderLayer[],
  shape: readonly number[],
  numActions: number,
  bytes = false,
): NetworkSpec {
  return {
    observationSpace: {
      kind: 'box',
      shape,
      dtype: bytes ? 'uint8' : 'float32',
      low: [bytes ? 0 : -100],
      high: [bytes ? 255 : 100],
    },
    actionSpace: { kind: 'discrete', n: numActions },
    encoder,
    lastActionReward: false,
    core: null,
    logStd: 'stateIndependent',
    observationNormalisation: false,
    rewardNormalisation: false,
  };
}

function mlpNetwork(c: MlpCase): { network: NetworkSpec; parameters: Float32Array } {
  const encoder = c.sizes.slice(1).map((width) => ({ kind: 'dense', width, activation: c.activation }) as const);
  const numOutputs = mlpHeads(c).policy.reduce((sum, head) => sum + c.heads[head]!, 0);
  const network = networkOf(encoder, [c.sizes[0]!], numOutputs);
  return { network, parameters: flatFrom(mlpNames(c, c.parameters), network) };
}

/** A last head of width 1 is the baseline; one recording has no such head. */
function mlpHeads({ heads }: MlpCase): { policy: string[]; baseline: string | null } {
  const names = Object.keys(heads);
  const last = names.at(-1)!;
  return names.length > 1 && heads[last] === 1
    ? { policy: names.slice(0, -1), baseline: last }
    : { policy: names, baseline: null };
}

function mlpNames(c: MlpCase, named: Named): Named {
  const { policy, baseline } = mlpHeads(c);
  const names: Record<string, RecordedTensor> = {};
  for (let i = 0; i < c.sizes.length - 1; i++) {
    names[`encoder.${2 * i}.weight`] = named[`w${i}`]!;
    names[`encoder.${2 * i}.bias`] = named[`b${i}`]!;
  }
  // Linear layers one below the other: [out, in] of each.
  for (const [kind, letter] of [
    ['weight', 'w'],
    ['bias', 'b'],
  ]) {
    const parts = policy.map((head) => named[`${letter}_${head}`]!);
    const rows = parts.reduce((sum, part) => sum + part.shape[0]!, 0);
    names[`policy.${kind}`] = { shape: [rows, ...parts[0]!.shape.slice(1)], data: parts.flatMap(({ data }) => data) };
    if (baseline) names[`baseline.${kind}`] = named[`${letter}_${baseline}`]!;
  }
  return names;
}

function convNetwork(c: ConvCase) {
  const [, channels, height, width] = c.inputs.x!.shape as [number, number, number, number];
  const encoder: EncoderLayer[] = [
    ...c.layers.map((layer) => ({ kind: 'conv', ...layer, activation: c.activation }) as const),
    { kind: 'dense', width: c.fully_connected, activation: 'relu' },
  ];
  const network = networkOf(encoder, [height, width, channels], c.fully_connected, c.scaled_by_255);
  const bytes = channelsLast(c.inputs.x!);
  const pixels = Float32Array.from(bytes, (byte) => (c.scaled_by_255 ? byte / 255 : byte));
  return { network, parameters: flatFrom(encoderNames(c, c.parameters), network), bytes, pixels };
}

/** The recording ends with the section; ours must end with a dense layer, which is random here, and left out where gradients are compared. */
function residualNetwork(c: ResidualCase) {
  const [, channels, height, width] = c.inputs.x!.shape as [number, number, number, number];
  const encoder: EncoderLayer[] = [
    { kind: 'residual', filters: c.out_channels },
    { kind: 'dense', width: projectedWidth, activation: 'linear' },
  ];
  const network = networkOf(encoder, [height, width, channels], projectedWidth);
  const parameters = flatFrom(encoderNames(c, c.parameters), network);
  const dense = parameterLayout(network).encoder[1] as DenseStage;
  const random = new RandomStream(1, 'measurement');
  for (let i = 0; i < dense.inputSize * projectedWidth; i++) parameters[dense.kernelAt + i] = random.normal();
  /** Features [rows, …] times the random layer. */
  const project = (features: readonly number[]): number[] =>
    Array.from({ length: (features.length / dense.inputSize) * projectedWidth }, (_, k) => {
      const [row, column] = [Math.floor(k / projectedWidth), k % projectedWidth];
      let sum = 0;
      for (let i = 0; i < dense.inputSize; i++) {
        sum += features[row * dense.inputSize + i]! * parameters[dense.kernelAt + i * projectedWidth + column]!;
      }
      return sum;
    });
  return { network, parameters, pixels: Float32Array.from(channelsLast(c.inputs.x!)), project };
}

const projectedWidth = 8;

/** Names of our encoder for what the recordings call conv0_w, fc_w, res0_conv1_w. */
function encoderNames(c: ConvCase | ResidualCase, named: Named): Named {
  const names: Record<string, RecordedTensor> = {};
  const put = (ours: string, theirs: string) => {
    if (named[`${theirs}_w`]) names[`${ours}.weight`] = named[`${theirs}_w`]!;
    if (named[`${theirs}_b`]) names[`${ours}.bias`] = named[`${theirs}_b`]!;
  };
  if ('fully_connected' in c) {
    for (const i of c.layers.keys()) put(`encoder.${2 * i}`, `conv${i}`);
    put(`encoder.${2 * c.layers.length + 1}`, 'fc');
    return names;
  }
  put('encoder.0.conv', 'conv');
  for (const block of [0, 1]) {
    for (const conv of [0, 1]) put(`encoder.0.block${block}.conv${conv}`, `res${block}_conv${conv}`);
  }
  return names;
}

const lstmNetwork = (c: LstmCase): NetworkSpec => ({
  ...networkOf([], [c.input_size], c.hidden_size),
  core: { kind: 'lstm', hidden: c.hidden_size, layers: c.layers },
});

// ── recorded tensors in our layouts ───────────────────────────────────────────────────────────────────────────────────────

/** Flat parameters of a network from tensors by our names; those that were not recorded are 0. */
function flatFrom(named: Named, network: NetworkSpec): Float32Array<ArrayBuffer> {
  const layout = parameterLayout(network);
  const parameters = new Float32Array(layout.size);
  let found = 0;
  for (const wanted of layout.tensors) {
    const recorded = named[wanted.name];
    if (!recorded) continue;
    found += 1;
    const values = numbersOf(recorded);
    forEachElement(wanted, (element, at) => {
      parameters[at] = values[element]!;
    });
  }
  expect(found).toBe(Object.keys(named).length);
  return parameters;
}

/** The encoder without the dense layer that no recording of a residual section has. */
function withoutProjection(layout: ParameterLayout, c: ConvCase | ResidualCase): ParameterLayout {
  const [first] = layout.encoder;
  if ('fully_connected' in c || first?.kind !== 'residual') return layout;
  return { ...layout, encoder: [first], featureSize: first.output.reduce((a, b) => a * b, 1) };
}

function withIdentityHead(parameters: Float32Array, network: NetworkSpec): Float32Array {
  const { heads } = parameterLayout(network);
  const copy = parameters.slice();
  for (let i = 0; i < heads.inputSize; i++) copy[heads.kernelAt + i * heads.outputSize + i] = 1;
  return copy;
}

const prefixed = (named: Named, prefix: string): Named =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [prefix + name, value]));

/** [B, C, H, W] → [B, H, W, C], flat. */
function channelsLast(recorded: RecordedTensor & { readonly base64?: string }): number[] {
  const [B, C, H, W] = recorded.shape as [number, number, number, number];
  const values = recorded.base64
    ? Array.from(atob(recorded.base64), (character) => character.charCodeAt(0))
    : numbersOf(recorded);
  const out = new Array<number>(values.length);
  for (let b = 0; b < B; b++) {
    for (let c = 0; c < C; c++) {
      for (let y = 0; y < H; y++) {
        for (let x = 0; x < W; x++) out[((b * H + y) * W + x) * C + c] = values[((b * C + c) * H + y) * W + x]!;
      }
    }
  }
  return out;
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

/** Matrices of equally many rows side by side. */
function interleave(parts: readonly (readonly number[])[], widths: readonly number[]): number[] {
  const rows = parts[0]!.length / widths[0]!;
  return Array.from({ length: rows }, (_, row) =>
    parts.flatMap((part, i) => part.slice(row * widths[i]!, (row + 1) * widths[i]!)),
  ).flat();
}

/** The output, and the gradient of Σ output · outputGradient with respect to the flat trained parameters. */
async function differentiate(
  parameters: Float32Array,
  layout: ReturnType<typeof parameterLayout>,
  forward: (weights: Weights) => Tensor,
  outputGradient: readonly number[],
): Promise<{ output: Float32Array; gradient: Float32Array }> {
  const [output, gradient] = tidy(() => {
    const blocks = sliceBlocks(tensor1d(parameters.slice(0, layout.trainableSize)), layout);
    const value = forward(new Weights(layout, blocks));
    const dy = tensor(outputGradient as number[], value.shape, 'float32');
    const reached = grads((...tensors: Tensor[]) => {
      const weights = new Weights(layout, tensors);
      // A term of every block that weighs nothing: recordings of an encoder do not reach the heads.
      const untouched = tensors.map((block) => block.sum().mul(0));
      return forward(weights).add(untouched.reduce((a, b) => a.add(b)));
    })(blocks, dy);
    return [value, reached.map((block) => block.flatten()).reduce((a, b) => a.concat(b))];
  }) as [Tensor, Tensor];
  const result = {
    output: (await output.data()) as Float32Array,
    gradient: (await gradient.data()) as Float32Array,
  };
  dispose([output, gradient]);
  return result;
}

// ── LSTM ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function checkLstm(c: LstmCase): Promise<void> {
  const { T, B, layers, input_size: I, hidden_size: H } = c;
  const keep = Float32Array.from(numbersOf(c.done), (done) => 1 - done);
  const names = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'];
  const inputs = [
    tensor2d(numbersOf(c.inputs.x!), [T * B, I]),
    tensor(numbersOf(c.inputs.h0!), [layers, B, H], 'float32'),
    tensor(numbersOf(c.inputs.c0!), [layers, B, H], 'float32'),
    ...Array.from({ length: layers }, (_, l) =>
      names.map((name) => {
        const recorded = c.parameters[`${name}_l${l}`]!;
        return tensor(numbersOf(recorded), [...recorded.shape], 'float32');
      }),
    ).flat(),
  ];
  const keepTensor = tensor2d(keep, [T, B]);
  /** [output | h_last | c_last] as one column */
  const forward = (...tensors: Tensor[]): Tensor => {
    const [x, h0, c0, ...weights] = tensors as [Tensor2D, Tensor, Tensor, ...Tensor[]];
    let layerInput: Tensor2D = x;
    const [lastOutputs, lastCells]: [Tensor[], Tensor[]] = [[], []];
    for (let l = 0; l < layers; l++) {
      const [inputKernel, recurrentKernel, inputBias, recurrentBias] = weights.slice(4 * l, 4 * l + 4);
      const state = (all: Tensor) => all.slice([l, 0, 0], [1, B, H]).reshape([B, H]) as Tensor2D;
      const result = lstmWithCell(
        layerInput,
        state(h0),
        state(c0),
        keepTensor,
        {
          inputKernel: inputKernel!.transpose() as Tensor2D,
          recurrentKernel: recurrentKernel!.transpose() as Tensor2D,
          inputBias: inputBias as never,
          recurrentBias: recurrentBias as never,
        },
        { rows: T, B, H },
      );
      layerInput = result.slice([0, 0], [T * B, H]);
      lastOutputs.push(result.slice([(T - 1) * B, 0], [B, H]));
      lastCells.push(result.slice([T * B, 0], [B, H]));
    }
    return [layerInput, ...lastOutputs, ...lastCells]
      .map((part) => part.flatten())
      .reduce((a, b) => a.concat(b)) as Tensor;
  };
  const parts = ['output', 'h_last', 'c_last'] as const;
  const all = (named: Named) => parts.flatMap((part) => numbersOf(named[part]!));
  const output = tidy(() => forward(...inputs));
  expectClose(await output.data(), all(c.outputs), 'output');
  const gradients = tidy(() => grads(forward)(inputs, tensor1d(all(c.output_gradients))));
  const gradientNames = [
    'x',
    'h0',
    'c0',
    ...Array.from({ length: layers }, (_, l) => names.map((n) => `${n}_l${l}`)).flat(),
  ];
  for (const [i, name] of gradientNames.entries()) {
    expectClose(await gradients[i]!.data(), numbersOf(c.gradients[name]!), `gradient of ${name}`);
  }
  dispose([...inputs, keepTensor, output, ...gradients]);
}
