/** What gradients of layers need beside products of matrices, each in one pass. */
import type { Activation } from '../networks/networkSpec.ts';
import type { OwnKernel } from './ownKernel.ts';

export interface SlopeAttrs {
  readonly activation: Activation;
  readonly shape: readonly number[];
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** dz = dy · activation′(z), from y = activation(z) alone. */
export const slopeKernel: OwnKernel<SlopeAttrs> = {
  name: 'PronkSlope',
  inputs: ['dy', 'y'],
  outputShape: ({ shape }) => [...shape],
  host([dy, y], { activation }, out) {
    const [above, value] = [dy!, y!];
    if (activation === 'tanh') for (let i = 0; i < out.length; i++) out[i] = above[i]! * (1 - value[i]! * value[i]!);
    else if (activation === 'relu') for (let i = 0; i < out.length; i++) out[i] = value[i]! > 0 ? above[i]! : 0;
    else out.set(above);
  },
  numThreads: ({ shape }) => sizeOf(shape),
  uniforms: ({ shape }) => [['numElements', 'int32', sizeOf(shape)]],
  wgslKey: ({ activation }) => activation,
  wgsl: ({ activation }) => `
    fn main(index : i32) {
      if (index >= uniforms.numElements) { return; }
      let value = y[index];
      result[index] = ${{ tanh: 'dy[index] * (1.0 - value * value)', relu: 'select(0.0, dy[index], value > 0.0)', linear: 'dy[index]' }[activation]};
    }
  `,
};

export interface ColumnSumsAttrs {
  readonly rows: number;
  readonly columns: number;
}

/** [rows, columns] → [columns] */
export const columnSumsKernel: OwnKernel<ColumnSumsAttrs> = {
  name: 'PronkColumnSums',
  inputs: ['x'],
  outputShape: ({ columns }) => [columns],
  host([x], { rows, columns }, out) {
    out.fill(0);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) out[column]! += x![at++]!;
    }
  },
  numThreads: ({ columns }) => columns,
  uniforms: ({ rows, columns }) => [
    ['numRows', 'int32', rows],
    ['numColumns', 'int32', columns],
  ],
  wgslKey: () => '',
  wgsl: () => `
    fn main(index : i32) {
      if (index >= uniforms.numColumns) { return; }
      var total = 0.0;
      for (var row = 0; row < uniforms.numRows; row++) { total += x[row * uniforms.numColumns + index]; }
      result[index] = total;
    }
  `,
};
