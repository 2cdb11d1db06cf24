/** The moving average of a curve. It is taken over every point before anything is thinned out, so zoom cannot change it. */
import type { Column } from '../../trainer/run.ts';

/**
 * Exponential moving average without the pull towards 0 at the beginning: weights are normalised over the points there are,
 * so a constant stays constant. NaN counts as no point.
 */
export class MovingAverage implements Column {
  length = 0;
  values = new Float64Array(64);
  readonly #decay: number;
  #sum = 0;
  #weight = 0;

  /** @param decay  0 gives the points themselves; a value this many times lighter for each point of age */
  constructor(decay: number) {
    this.#decay = decay;
  }

  /** Takes in what was appended to the column since the last call. */
  sync(column: Column): void {
    if (column.length > this.values.length) {
      const larger = new Float64Array(Math.max(column.length, this.values.length * 2));
      larger.set(this.values);
      this.values = larger;
    }
    for (let i = this.length; i < column.length; i++) {
      const value = column.values[i]!;
      if (!Number.isNaN(value)) {
        this.#sum = this.#decay * this.#sum + value;
        this.#weight = this.#decay * this.#weight + 1;
      }
      this.values[i] = this.#weight === 0 ? Number.NaN : this.#sum / this.#weight;
    }
    this.length = column.length;
  }
}

/** Largest smoothing a person can choose: a half-life of some 690 points. */
export const maxSmoothing = 0.999;

/** Points after which a value counts half. */
export const halfLife = (decay: number): number => (decay <= 0 ? 0 : Math.log(0.5) / Math.log(decay));

/** A slider from 0 to 1 on which every step changes the half-life by a like factor. */
export const smoothingAt = (position: number): number =>
  position <= 0 ? 0 : Math.min(maxSmoothing, 1 - 10 ** (-3 * Math.min(1, position)));

export const sliderPositionOf = (decay: number): number => (decay <= 0 ? 0 : -Math.log10(1 - decay) / 3);
