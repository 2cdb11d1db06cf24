/** How an observation enters a network: scaled (bytes) and, where asked for, normalised by running statistics. */
import { observationScale } from '../config/encoders.ts';
import { type ObservationArray, sizeOf } from '../envs/spaces.ts';
import type { NetworkSpec } from './networkSpec.ts';
import type { ParameterLayout, StatisticsPlace } from './parameterLayout.ts';

/** Normalised observations are limited to ± this. */
export const observationLimit = 10;
/** Added to the variance. */
export const varianceEpsilon = 1e-8;

export class ObservationInput {
  readonly size: number;
  readonly #scale: number;
  readonly #at: ParameterLayout['observationStatistics'];
  readonly #mean: Float32Array;
  readonly #inverseDeviation: Float32Array;

  constructor(spec: NetworkSpec, layout: ParameterLayout) {
    this.size = sizeOf(spec.observationSpace);
    this.#scale = observationScale(spec.observationSpace);
    this.#at = layout.observationStatistics;
    this.#mean = new Float32Array(this.#at ? this.size : 0);
    this.#inverseDeviation = new Float32Array(this.#at ? this.size : 0);
  }

  /** Takes the running statistics from flat parameters. Call after they have changed; cheap where nothing is normalised. */
  refresh(parameters: Float32Array): void {
    writeNormalisation(parameters, this.#at, this.#mean, this.#inverseDeviation);
  }

  /** Writes one observation as the network sees it. Allocates nothing. */
  write(source: ObservationArray, at: number, out: Float32Array, outAt: number): void {
    const { size } = this;
    const scale = this.#scale;
    if (!this.#at) {
      for (let i = 0; i < size; i++) out[outAt + i] = scale * source[at + i]!;
      return;
    }
    for (let i = 0; i < size; i++) {
      const normal = (scale * source[at + i]! - this.#mean[i]!) * this.#inverseDeviation[i]!;
      out[outAt + i] = Math.max(-observationLimit, Math.min(observationLimit, normal));
    }
  }
}

/** Takes the running statistics at `place` of flat parameters, if there are any, as a shift and a factor for each element. */
export function writeNormalisation(
  parameters: Float32Array,
  place: StatisticsPlace | null,
  mean: Float32Array,
  inverseDeviation: Float32Array,
): void {
  if (!place) return;
  for (let i = 0; i < place.size; i++) {
    mean[i] = parameters[place.mean + i]!;
    inverseDeviation[i] = 1 / Math.sqrt(parameters[place.variance + i]! + varianceEpsilon);
  }
}
