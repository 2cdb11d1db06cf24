import {
  add,
  backend,
  dispose,
  matMul,
  mul,
  relu,
  sum,
  type Tensor,
  tensor2d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBackend } from './backends.ts';
import { KernelProgram, watchKernels } from './KernelProgram.ts';

/** Two matrices in, two results out; with constants, aliases of the same memory, and a value that nobody uses. */
function compute(a: Tensor, b: Tensor): Tensor[] {
  const product = matMul(a.reshape([2, 3]), b);
  const shifted = add(product, tensor2d([10, 20, 30, 40], [2, 2]));
  mul(product, product);
  return [relu(shifted).reshape([4]), sum(mul(shifted, transpose(product)))];
}

const valuesOf = (tensors: readonly Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);
const inputsOf = (first: number) => [
  tensor2d([first, 2, 3, 4, 5, 6], [3, 2]),
  tensor2d([1, -1, first, 0, 2, 3], [3, 2]),
];

describe('A recorded function', () => {
  beforeAll(async () => {
    await openBackend('cpu');
  });

  function record(): { program: KernelProgram; first: number[][] } {
    const [a, b] = inputsOf(1) as [Tensor, Tensor];
    let program: KernelProgram | undefined;
    const results = tidy(() => {
      const recorded = KernelProgram.record([a, b], () => compute(a, b));
      program = recorded.program;
      return recorded.results;
    });
    const first = valuesOf(results);
    dispose([a, b, ...results]);
    return { program: program!, first };
  }

  const direct = (first: number) => {
    let values: number[][] = [];
    tidy(() => {
      const [a, b] = inputsOf(first) as [Tensor, Tensor];
      values = valuesOf(compute(a, b));
    });
    return values;
  };

  it('gives what the function gives, for what it was recorded with and for other inputs', () => {
    const { program, first } = record();
    expect(first).toEqual(direct(1));
    for (const input of [1, 7, -3]) {
      tidy(() => {
        expect(valuesOf(program.run(inputsOf(input)))).toEqual(direct(input));
      });
    }
    program.dispose();
  });

  it('leaves nothing in memory but its constants, and those no longer than itself', () => {
    const dataOf = () => (backend() as unknown as { numDataIds(): number }).numDataIds();
    const before = dataOf();
    const { program } = record();
    const constants = dataOf() - before;
    for (let i = 0; i < 20; i++) tidy(() => void program.run(inputsOf(i)));
    expect(dataOf() - before).toBe(constants);
    program.dispose();
    expect(dataOf()).toBe(before);
  });

  it('leaves out what does not lead to a result', () => {
    const { program } = record();
    let calls = 0;
    tidy(() => {
      const [a, b] = inputsOf(1) as [Tensor, Tensor];
      watchKernels(
        () => calls++,
        () => compute(a, b),
      );
    });
    expect(program.length).toBe(calls - 1);
    program.dispose();
  });
});
