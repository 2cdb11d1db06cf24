/**
 * A policy as a TensorFlow.js graph model: `tf.loadGraphModel` reads it without any of our code. Images have their channels last, as
 * the environment gives them, and weights lie as TensorFlow has them.
 *
 * Inputs, all float32: `observation` [batch, …], as the environment gives it (bytes as 0–255); with `lastActionReward` also
 * `last_action` [batch, A] (−1, in a Box 0, where an episode begins) and `last_reward` [batch], as the loss sees it; with a core also
 * `h` and `c` [layers, batch, hidden]. Outputs: `policy` [batch, P], `baseline` [batch], and `next_h`, `next_c`.
 */
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
import { intsAttribute, TfjsGraph, type TfjsModel, textAttribute, type Value } from './tfjsGraph.ts';

/** `metadata` travels in model.json. */
export function encodeTfjs(
  parameters: Float32Array,
  network: NetworkSpec,
  metadata: Readonly<Record<string, string>> = {},
): TfjsModel {
  return new PolicyGraph(parameters, network).encode(metadata);
}

/** The lowest float32: what the max-pool's border holds, so that it never wins. */
const lowest = -3.4028234663852886e38;

class PolicyGraph {
  readonly #graph = new TfjsGraph();
  readonly #network: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #parameters: Float32Array;

  constructor(parameters: Float32Array, network: NetworkSpec) {
    this.#network = network;
    this.#layout = parameterLayout(network);
    this.#parameters = parameters;
  }

  encode(metadata: Readonly<Record<string, string>>): TfjsModel {
    const features = this.#withExtras(this.#encoder(this.#observation()));
    this.#heads(this.#core(features));
    return this.#graph.encode(metadata);
  }

  #observation(): Value {
    const graph = this.#graph;
    const { observationSpace } = this.#network;
    const { shape } = observationSpace;
    let x = graph.input('observation', [-1, ...shape]);
    const scale = observationScale(observationSpace);
    if (scale !== 1) x = graph.node('Mul', [x, this.#scalar('observation_scale', scale)]);
    const place = this.#layout.observationStatistics;
    if (!place) return x;
    const mean = this.#weight('observation_mean', shape, place.mean);
    const variance = this.#weight('observation_variance', shape, place.variance);
    const deviation = graph.node('Sqrt', [graph.node('AddV2', [variance, this.#scalar('epsilon', varianceEpsilon)])]);
    x = graph.node('RealDiv', [graph.node('Sub', [x, mean]), deviation]);
    x = graph.node('Maximum', [x, this.#scalar('lowest_observation', -observationLimit)]);
    return graph.node('Minimum', [x, this.#scalar('highest_observation', observationLimit)]);
  }

  /** Features [batch, F] */
  #encoder(observation: Value): Value {
    const graph = this.#graph;
    let x = observation;
    for (const [i, stage] of this.#layout.encoder.entries()) {
      const name = `encoder/${i}`;
      if (stage.kind === 'relu') x = graph.node('Relu', [x]);
      else if (stage.kind === 'dense') x = this.#dense(name, this.#flatten(name, x, stage.inputSize), stage);
      else if (stage.kind === 'conv') x = this.#conv(name, x, stage);
      else x = this.#residual(name, x, stage);
    }
    return this.#flatten('features', x, this.#layout.featureSize);
  }

  #flatten(name: string, x: Value, size: number): Value {
    return this.#graph.node('Reshape', [x, this.#graph.ints(`${name}/shape`, [-1, size])]);
  }

  #dense(name: string, x: Value, { inputSize, outputSize, kernelAt, biasAt, activation }: DenseStage): Value {
    const product = this.#graph.node('MatMul', [x, this.#weight(`${name}/kernel`, [inputSize, outputSize], kernelAt)]);
    const sum = this.#graph.node('AddV2', [product, this.#weight(`${name}/bias`, [outputSize], biasAt)]);
    return this.#activate(sum, activation);
  }

  #conv(
    name: string,
    x: Value,
    { input, output, kernel, stride, padding, kernelAt, biasAt, activation }: ConvStage,
  ): Value {
    const graph = this.#graph;
    const shape = [kernel, kernel, input[2], output[2]];
    const border = [0, 0, padding, padding, padding, padding, 0, 0];
    const y = graph.node('Conv2D', [x, this.#weight(`${name}/kernel`, shape, kernelAt)], {
      strides: intsAttribute([1, stride, stride, 1]),
      dilations: intsAttribute([1, 1, 1, 1]),
      data_format: textAttribute('NHWC'),
      padding: textAttribute(padding > 0 ? 'EXPLICIT' : 'VALID'),
      explicit_paddings: intsAttribute(padding > 0 ? border : []),
    });
    return this.#activate(graph.node('AddV2', [y, this.#weight(`${name}/bias`, [output[2]], biasAt)]), activation);
  }

  #activate(x: Value, activation: DenseStage['activation']): Value {
    if (activation === 'linear') return x;
    return this.#graph.node(activation === 'tanh' ? 'Tanh' : 'Relu', [x]);
  }

  #residual(name: string, x: Value, { conv, blocks }: ResidualStage): Value {
    const graph = this.#graph;
    const border = graph.ints(`${name}/border`, [0, 0, 1, 1, 1, 1, 0, 0], [4, 2]);
    const padded = graph.node('PadV2', [
      this.#conv(`${name}/conv`, x, conv),
      border,
      this.#scalar(`${name}/lowest`, lowest),
    ]);
    let z = graph.node('MaxPool', [padded], {
      ksize: intsAttribute([1, 3, 3, 1]),
      strides: intsAttribute([1, 2, 2, 1]),
      padding: textAttribute('VALID'),
      data_format: textAttribute('NHWC'),
    });
    for (const [b, [first, second]] of blocks.entries()) {
      const inner = graph.node('Relu', [this.#conv(`${name}/block${b}/conv0`, graph.node('Relu', [z]), first)]);
      z = graph.node('AddV2', [z, this.#conv(`${name}/block${b}/conv1`, inner, second)]);
    }
    return z;
  }

  /** Last action, as one-hot or as it is, and last reward beside the features. */
  #withExtras(features: Value): Value {
    if (!this.#network.lastActionReward) return features;
    const reward = this.#flatten('last_reward_column', this.#graph.input('last_reward', [-1]), 1);
    return this.#concat('extras', [features, this.#lastAction(), reward], 1);
  }

  #lastAction(): Value {
    const graph = this.#graph;
    const { actionSpace } = this.#network;
    const columns = lastActionColumns(actionSpace);
    const { actionSize } = distributionFor(actionSpace);
    const action = graph.input('last_action', [-1, actionSize]);
    if (!columns) return action;
    const repeated = graph.node('GatherV2', [
      action,
      graph.ints('last_action_numbers', columns.numbers),
      graph.ints('last_action_axis', [1], []),
    ]);
    const values = graph.floats('last_action_values', [1, columns.values.length], Float32Array.from(columns.values));
    return graph.node('Cast', [graph.node('Equal', [repeated, values])], { DstT: { type: 'DT_FLOAT' } });
  }

  #concat(name: string, values: readonly Value[], axis: number): Value {
    return this.#graph.node('ConcatV2', [...values, this.#graph.ints(`${name}/axis`, [axis], [])], {
      N: { i: String(values.length) },
    });
  }

  /** What the heads see, [batch, …]. */
  #core(features: Value): Value {
    const graph = this.#graph;
    const { core } = this.#layout;
    if (core.length === 0) return features;
    const shape = [core.length, -1, core[0]!.hidden];
    const layers = { num: { i: String(core.length) }, axis: { i: '0' } } as const;
    const h = graph.node('Unpack', [graph.input('h', shape)], layers);
    const c = graph.node('Unpack', [graph.input('c', shape)], layers);
    let x = features;
    const [nextH, nextC]: [Value[], Value[]] = [[], []];
    for (const [layer, stage] of core.entries()) {
      const next = this.#lstm(`core/${layer}`, stage, x, `${h}:${layer}`, `${c}:${layer}`);
      nextH.push(next.h);
      nextC.push(next.c);
      x = next.h;
    }
    const together = { N: { i: String(core.length) }, axis: { i: '0' } } as const;
    graph.output('next_h', graph.node('Pack', nextH, together), shape);
    graph.output('next_c', graph.node('Pack', nextC, together), shape);
    return x;
  }

  /** One step of a layer, by the formulas of `PolicyInference`. */
  #lstm(name: string, stage: LstmStage, x: Value, h: Value, c: Value): { h: Value; c: Value } {
    const graph = this.#graph;
    const { inputSize, hidden, inputKernelAt, recurrentKernelAt, inputBiasAt, recurrentBiasAt } = stage;
    const map = (part: string, value: Value, rows: number, kernelAt: number, biasAt: number) => {
      const product = graph.node('MatMul', [
        value,
        this.#weight(`${name}/${part}/kernel`, [rows, 4 * hidden], kernelAt),
      ]);
      return graph.node('AddV2', [product, this.#weight(`${name}/${part}/bias`, [4 * hidden], biasAt)]);
    };
    const sum = graph.node('AddV2', [
      map('input', x, inputSize, inputKernelAt, inputBiasAt),
      map('recurrent', h, hidden, recurrentKernelAt, recurrentBiasAt),
    ]);
    const gates = graph.node('Split', [graph.ints(`${name}/axis`, [1], []), sum], { num_split: { i: '4' } });
    const [i, f, o] = [0, 1, 3].map((gate) => graph.node('Sigmoid', [`${gates}:${gate}`])) as [Value, Value, Value];
    const g = graph.node('Tanh', [`${gates}:2`]);
    const nextC = graph.node('AddV2', [graph.node('Mul', [f, c]), graph.node('Mul', [i, g])]);
    return { h: graph.node('Mul', [o, graph.node('Tanh', [nextC])]), c: nextC };
  }

  /** Policy and baseline lie in one matrix; outside they are two. */
  #heads(features: Value): void {
    const graph = this.#graph;
    const { heads, logStdAt } = this.#layout;
    const { outputSize } = distributionFor(this.#network.actionSpace);
    const policyColumns = heads.outputSize - 1;
    let policy = this.#head('policy', features, 0, policyColumns);
    if (logStdAt !== null) {
      const logStd = this.#weight('log_std', [1, policyColumns], logStdAt);
      const rows = graph.node('AddV2', [graph.node('ZerosLike', [policy]), logStd]);
      policy = this.#concat('gaussian', [policy, rows], 1);
    }
    graph.output('policy', policy, [-1, outputSize]);
    const baseline = this.#head('baseline', features, policyColumns, 1);
    graph.output('baseline', graph.node('Reshape', [baseline, graph.ints('row', [-1])]), [-1]);
  }

  #head(name: string, features: Value, first: number, columns: number): Value {
    const graph = this.#graph;
    const { inputSize, outputSize, kernelAt, biasAt } = this.#layout.heads;
    const kernel = new Float32Array(inputSize * columns);
    for (let row = 0; row < inputSize; row++) {
      const at = kernelAt + row * outputSize + first;
      kernel.set(this.#parameters.subarray(at, at + columns), row * columns);
    }
    const product = graph.node('MatMul', [features, graph.floats(`${name}/kernel`, [inputSize, columns], kernel)]);
    return graph.node('AddV2', [product, this.#weight(`${name}/bias`, [columns], biasAt + first)]);
  }

  #weight(name: string, shape: readonly number[], at: number): Value {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return this.#graph.floats(name, shape, this.#parameters.slice(at, at + size));
  }

  #scalar(name: string, value: number): Value {
    return this.#graph.floats(name, [], Float32Array.of(value));
  }
}
