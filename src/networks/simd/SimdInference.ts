/** `PolicyInference` by WebAssembly with SIMD. Inputs, outputs and parameters are views of the module's memory: nothing is copied to call it. */
import { distributionFor } from '../../distributions/distribution.ts';
import { encodeLastAction } from '../lastAction.ts';
import type { NetworkSpec } from '../networkSpec.ts';
import { writeNormalisation } from '../observationInput.ts';
import { type ParameterLayout, parameterLayout } from '../parameterLayout.ts';
import { InferenceBase, inferenceArrays, type PolicyInference } from '../policyInference.ts';
import { type ForwardPlan, ForwardPlanner } from './forwardPlan.ts';
import { type Kernels, loadKernels } from './kernels.ts';
import { type Address, MemoryPlan } from './MemoryPlan.ts';

export class SimdInference extends InferenceBase implements PolicyInference {
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly #spec: NetworkSpec;
  readonly #layout: ParameterLayout;
  readonly #plan: ForwardPlan;
  readonly #kernels: Kernels;
  /** All of the memory. */
  readonly #floats: Float32Array;
  readonly #mean: Float32Array;
  readonly #inverseDeviation: Float32Array;
  readonly #maxRows: number;
  readonly #outputSize: number;
  readonly #actionSize: number;

  /** Throws where WebAssembly has no SIMD; `supportsKernels` tells. */
  constructor(spec: NetworkSpec, maxRows: number) {
    const layout = parameterLayout(spec);
    const arrays = inferenceArrays(spec, maxRows);
    const memoryPlan = new MemoryPlan();
    const places = {
      parameters: memoryPlan.floats(layout.size),
      observation: memoryPlan.bytes(arrays.observation.byteLength),
      coreState: memoryPlan.floats(arrays.coreState.length),
      nextCoreState: memoryPlan.floats(arrays.nextCoreState.length),
    };
    const plan = new ForwardPlanner(spec, layout, maxRows, memoryPlan, places).plan();
    const { kernels, memory } = loadKernels(memoryPlan.sizeBytes);
    memoryPlan.writeTables(memory);
    const floats = (at: Address, length: number) => new Float32Array(memory, at, length);
    const { observation } = arrays;
    super({
      ...arrays,
      observation:
        observation instanceof Uint8Array
          ? new Uint8Array(memory, places.observation, observation.length)
          : floats(places.observation, observation.length),
      coreState: floats(places.coreState, arrays.coreState.length),
      nextCoreState: floats(places.nextCoreState, arrays.nextCoreState.length),
    });
    this.parameters = floats(places.parameters, layout.size);
    const { normalisation } = plan;
    const normalisedSize = normalisation ? observation.length / maxRows : 0;
    this.#mean = floats(normalisation?.mean ?? 0, normalisedSize);
    this.#inverseDeviation = floats(normalisation?.inverseDeviation ?? 0, normalisedSize);
    const { outputSize, actionSize } = distributionFor(spec.actionSpace);
    this.#spec = spec;
    this.#layout = layout;
    this.#plan = plan;
    this.#kernels = kernels;
    this.#floats = new Float32Array(memory);
    this.#maxRows = maxRows;
    this.#outputSize = outputSize;
    this.#actionSize = actionSize;
  }

  parametersChanged(): void {
    for (const prepare of this.#plan.prepare) prepare(this.#kernels);
    writeNormalisation(this.parameters, this.#layout.observationStatistics, this.#mean, this.#inverseDeviation);
    this.#writeLogStd();
  }

  forward(rows: number): void {
    const kernels = this.#kernels;
    const { encodeRow, encode, decide } = this.#plan;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < encodeRow.length; i++) encodeRow[i]!(kernels, row);
    }
    for (let i = 0; i < encode.length; i++) encode[i]!(kernels, rows);
    if (this.#layout.extraSize > 0) this.#writeExtras(rows);
    for (let i = 0; i < decide.length; i++) decide[i]!(kernels, rows);
    this.#readHeads(rows);
  }

  #writeExtras(rows: number): void {
    const { featureSize, extraSize } = this.#layout;
    const { at, stride } = this.#plan.features;
    for (let row = 0; row < rows; row++) {
      const extrasAt = (at + row * stride) / 4 + featureSize;
      encodeLastAction(this.#spec.actionSpace, this.lastAction, row * this.#actionSize, this.#floats, extrasAt);
      this.#floats[extrasAt + extraSize - 1] = this.lastReward[row]!;
    }
  }

  #readHeads(rows: number): void {
    const { at, stride } = this.#plan.heads;
    const columns = this.#layout.heads.outputSize - 1;
    const P = this.#outputSize;
    const floats = this.#floats;
    for (let row = 0; row < rows; row++) {
      const headsAt = (at + row * stride) / 4;
      for (let p = 0; p < columns; p++) this.policyOutputs[row * P + p] = floats[headsAt + p]!;
      this.baseline[row] = floats[headsAt + columns]!;
    }
  }

  /** State-independent log standard deviations are the same in every row, until the parameters change. */
  #writeLogStd(): void {
    const { logStdAt, heads } = this.#layout;
    if (logStdAt === null) return;
    const means = heads.outputSize - 1;
    for (let row = 0; row < this.#maxRows; row++) {
      for (let i = 0; i < means; i++) {
        this.policyOutputs[row * this.#outputSize + means + i] = this.parameters[logStdAt + i]!;
      }
    }
  }
}
