import type { Column } from '../../trainer/run.ts';

/** A column of numbers that can be appended to. */
export class GrowingColumn implements Column {
  length = 0;
  values = new Float64Array(64);

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
}
