/**
 * A policy as an ONNX model (https://onnx.ai): everything from the raw observation to logits and V is inside of the graph. Weights keep
 * their PyTorch names and layouts, except those of an LSTM, whose gates ONNX orders i, o, f, c.
 *
 * Inputs: `observation` [batch, …], as the environment gives it; with `lastActionReward` also `last_action` int32 [batch, A]
 * (float32 in a Box; −1, in a Box 0, where an episode begins) and `last_reward` [batch], as the loss sees it; with a core also
 * `h` and `c` [layers, batch, hidden]. Outputs: `policy` [batch, P], `baseline` [batch], and `next_h`, `next_c`.
 */
import { namedTensors } from '../checkpoints/weightsFile.ts';
import { observationScale } from '../config/encoders.ts';
import { distributionFor } from '../distributions/distribution.ts';
import type { NetworkSpec } from '../networks/networkSpec.ts';
import { observationLimit, varianceEpsilon } from '../networks/observationInput.ts';
import {
  type ConvStage,
  type DenseStage,
  type LstmStage,
  type ParameterLayout,
  parameterLayout,
  type ResidualStage,
} from '../networks/parameterLayout.ts';
import { lastActionColumns } from './lastActionColumns.ts';
import { OnnxGraph, type Value } from './onnxGraph.ts';

/** `metadata` travels in the file. */
export function encodeOnnx(
  parameters: Float32Array,
  network: NetworkSpec,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  return new PolicyGraph(parameters, network).encode(metadata);
}

class PolicyGraph {
  readonly #graph = new OnnxGraph();
  readonly #network: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #tensors: ReturnType<typeof namedTensors>;
  /** Where each tensor of the layout begins, to find its name. */
  readonly #names: ReadonlyMap<number, string>;

  constructor(parameters: Float32Array, network: NetworkSpec) {
    this.#network = network;
    this.#layout = parameterLayout(network);
    this.#tensors = namedTensors(parameters, network);
    this.#names = new Map(this.#layout.tensors.map(({ name, at }) => [at, name]));
  }

  encode(metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
    const features = this.#withExtras(this.#encoder(this.#observation()));
    this.#heads(this.#core(features));
    const doc =
      'From a raw observation to the outputs of the policy (logits; in a Box means, then log standard deviations) and V.';
    return this.#graph.encode('policy', doc, metadata);
  }

  #observation(): Value {
    const graph = this.#graph;
    const { observationSpace } = this.#network;
    const { shape, dtype } = observationSpace;
    let x = graph.input('observation', dtype, ['batch', ...shape]);
    if (dtype === 'uint8') x = graph.node('Cast', [x], { to: { int: 1 } });
    const scale = observationScale(observationSpace);
    if (scale !== 1) x = graph.node('Mul', [x, this.#scalar('observation_scale', scale)]);
    if (!this.#layout.observationStatistics) return x;
    const [mean, variance] = [this.#weight('observation_mean'), this.#weight('observation_variance')];
    const deviation = graph.node('Sqrt', [graph.node('Add', [variance, this.#scalar('epsilon', varianceEpsilon)])]);
    x = graph.node('Div', [graph.node('Sub', [x, mean]), deviation]);
    const limits = [this.#scalar('lowest', -observationLimit), this.#scalar('highest', observationLimit)];
    return graph.node('Clip', [x, ...limits]);
  }

  /** Features [batch, F]. Within the encoder images have their channels first, as in PyTorch. */
  #encoder(observation: Value): Value {
    const graph = this.#graph;
    const { encoder } = this.#layout;
    const seesImage = encoder.some(({ kind }) => kind === 'conv' || kind === 'residual');
    let x = seesImage
      ? graph.node('Transpose', [observation], { perm: { ints: [0, 3, 1, 2] } })
      : graph.node('Flatten', [observation]);
    for (const stage of encoder) {
      if (stage.kind === 'relu') x = graph.node('Relu', [x]);
      else if (stage.kind === 'dense') x = this.#dense(graph.node('Flatten', [x]), stage);
      else if (stage.kind === 'conv') x = this.#conv(x, stage);
      else x = this.#residual(x, stage);
    }
    return x;
  }

  #dense(x: Value, { kernelAt, biasAt, activation }: Pick<DenseStage, 'kernelAt' | 'biasAt' | 'activation'>): Value {
    const inputs = [x, this.#weightAt(kernelAt), this.#weightAt(biasAt)];
    return this.#activate(this.#graph.node('Gemm', inputs, { transB: { int: 1 } }), activation);
  }

  #conv(x: Value, { kernel, stride, padding, kernelAt, biasAt, activation }: ConvStage): Value {
    const y = this.#graph.node('Conv', [x, this.#weightAt(kernelAt), this.#weightAt(biasAt)], {
      kernel_shape: { ints: [kernel, kernel] },
      strides: { ints: [stride, stride] },
      pads: { ints: [padding, padding, padding, padding] },
    });
    return this.#activate(y, activation);
  }

  #activate(x: Value, activation: DenseStage['activation']): Value {
    if (activation === 'linear') return x;
    return this.#graph.node(activation === 'tanh' ? 'Tanh' : 'Relu', [x]);
  }

  #residual(x: Value, { conv, blocks }: ResidualStage): Value {
    const graph = this.#graph;
    let z = graph.node('MaxPool', [this.#conv(x, conv)], {
      kernel_shape: { ints: [3, 3] },
      strides: { ints: [2, 2] },
      pads: { ints: [1, 1, 1, 1] },
    });
    for (const [first, second] of blocks) {
      const inner = graph.node('Relu', [this.#conv(graph.node('Relu', [z]), first)]);
      z = graph.node('Add', [z, this.#conv(inner, second)]);
    }
    return z;
  }

  /** Last action, as one-hot or as it is, and last reward beside the features. */
  #withExtras(features: Value): Value {
    if (!this.#network.lastActionReward) return features;
    const graph = this.#graph;
    const reward = graph.node('Reshape', [
      graph.input('last_reward', 'float32', ['batch']),
      graph.int64s('column', [-1, 1]),
    ]);
    return graph.node('Concat', [features, this.#lastAction(), reward], { axis: { int: 1 } });
  }

  #lastAction(): Value {
    const graph = this.#graph;
    const { actionSpace } = this.#network;
    const columns = lastActionColumns(actionSpace);
    const { actionSize } = distributionFor(actionSpace);
    const action = graph.input('last_action', columns ? 'int32' : 'float32', ['batch', actionSize]);
    if (!columns) return action;
    const repeated = graph.node('Gather', [action, graph.int64s('last_action_numbers', columns.numbers)], {
      axis: { int: 1 },
    });
    const values = graph.int32s('last_action_values', [1, columns.values.length], columns.values);
    return graph.node('Cast', [graph.node('Equal', [repeated, values])], { to: { int: 1 } });
  }

  /** What the heads see, [batch, …]. */
  #core(features: Value): Value {
    const graph = this.#graph;
    const { core } = this.#layout;
    if (core.length === 0) return features;
    const shape = [core.length, 'batch', core[0]!.hidden];
    const [h, c] = ['h', 'c'].map((name) => this.#split(graph.input(name, 'float32', shape), core.length)) as [
      Value[],
      Value[],
    ];
    const firstAxis = graph.int64s('first_axis', [0]);
    let x = graph.node('Unsqueeze', [features, firstAxis]);
    const [nextH, nextC]: [Value[], Value[]] = [[], []];
    for (const [layer, stage] of core.entries()) {
      const [hOut, cOut] = [`h_after_${layer}`, `c_after_${layer}`];
      const weights = ['weight_ih', 'weight_hh', 'bias'].map((name) => this.#lstmWeight(name, layer, stage));
      graph.nodeWithOutputs('LSTM', [x, ...weights, '', h[layer]!, c[layer]!], ['', hOut, cOut], {
        hidden_size: { int: stage.hidden },
      });
      nextH.push(hOut);
      nextC.push(cOut);
      x = hOut;
    }
    for (const [name, values] of [
      ['next_h', nextH],
      ['next_c', nextC],
    ] as const) {
      graph.node('Concat', values, { axis: { int: 0 } }, name);
      graph.output(name, 'float32', shape);
    }
    return graph.node('Squeeze', [x, firstAxis]);
  }

  /** Layers of a recurrent state, each [1, batch, hidden]. */
  #split(state: Value, layers: number): Value[] {
    if (layers === 1) return [state];
    const names = Array.from({ length: layers }, (_, layer) => `${state}_${layer}`);
    this.#graph.nodeWithOutputs('Split', [state], names, { axis: { int: 0 } });
    return names;
  }

  /** PyTorch's gates i, f, g, o as ONNX wants them, i, o, f, c, with a leading axis for one direction; both biases in one tensor. */
  #lstmWeight(name: string, layer: number, { hidden }: LstmStage): Value {
    const names = name === 'bias' ? ['bias_ih', 'bias_hh'] : [name];
    const parts = names.map((part) => this.#tensors[`core.${part}_l${layer}`]!);
    const width = (parts[0]!.shape[1] ?? 1) * hidden; // numbers in one gate
    const data = new Float32Array(parts.length * 4 * width);
    for (const [p, part] of parts.entries()) {
      for (const [to, from] of [0, 3, 1, 2].entries()) {
        data.set(part.data.subarray(from * width, (from + 1) * width), (p * 4 + to) * width);
      }
    }
    const shape = name === 'bias' ? [1, 8 * hidden] : [1, ...parts[0]!.shape];
    return this.#graph.floats(`core.${name}_l${layer}`, shape, data);
  }

  #heads(features: Value): void {
    const graph = this.#graph;
    const { outputSize } = distributionFor(this.#network.actionSpace);
    const head = (name: string, output?: string) => {
      const weights = [this.#weight(`${name}.weight`), this.#weight(`${name}.bias`)];
      return graph.node('Gemm', [features, ...weights], { transB: { int: 1 } }, output);
    };
    if (this.#layout.logStdAt === null) head('policy', 'policy');
    else {
      const mean = head('policy');
      const logStd = graph.node('Expand', [this.#weight('log_std'), graph.node('Shape', [mean])]);
      graph.node('Concat', [mean, logStd], { axis: { int: 1 } }, 'policy');
    }
    graph.output('policy', 'float32', ['batch', outputSize]);
    graph.node('Reshape', [head('baseline'), graph.int64s('row', [-1])], {}, 'baseline');
    graph.output('baseline', 'float32', ['batch']);
  }

  #weightAt(at: number): Value {
    return this.#weight(this.#names.get(at)!);
  }

  #weight(name: string): Value {
    const { shape, data } = this.#tensors[name]!;
    return this.#graph.floats(name, shape, data);
  }

  #scalar(name: string, value: number): Value {
    return this.#graph.floats(name, [], Float32Array.of(value));
  }
}
