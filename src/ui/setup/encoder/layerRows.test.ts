import { describe, expect, it } from 'vitest';
import { findEnv } from '../../../envs/registry.ts';
import { added, layerRows, moved, withNumber, without } from './layerRows.ts';

const image = findEnv('MinAtar/Breakout-v1').spec.observationSpace;

describe('The rows of the encoder editor', () => {
  it('tell the shape, the parameters and the work of each layer, also of an encoder that is not finished', () => {
    const [conv] = layerRows('conv 16 3x3', image);
    expect(conv).toMatchObject({
      numbers: { filters: '16', kernel: '3', stride: '1', padding: '0' },
      activation: 'relu',
      summary: { shape: [8, 8, 16], parameters: 9 * 4 * 16 + 16, flops: 2 * 8 * 8 * 16 * 9 * 4 },
      problem: expect.stringContaining('must end with a dense layer'),
    });
  });

  it('put a problem at its layer, and tell nothing of those after it', () => {
    const rows = layerRows('conv 4 3x3, conv 4 9x9, dense 5', image);
    expect(rows.map(({ summary }) => summary?.shape)).toEqual([[8, 8, 4], undefined, undefined]);
    expect(rows.map(({ problem }) => problem?.split('.')[0])).toEqual([
      undefined,
      'A kernel of 9x9 does not fit into 8 × 8 pixels',
      undefined,
    ]);
  });

  it('keep what cannot be read as it was typed, in the one text', () => {
    const text = 'conv 4 3x3, dense 5 tanh';
    const typed = (number: string) => withNumber(text, 1, layerRows(text, image)[1]!, 'width', number);
    expect(typed('1 024')).toBe('conv 4 3x3, dense 1024 tanh');
    expect(typed('12, 5')).toBe('conv 4 3x3, dense 12__5 tanh');
    expect(typed('')).toBe('conv 4 3x3, dense ? tanh');
    expect(layerRows(typed('many'), image)[1]).toMatchObject({
      numbers: { width: 'many' },
      problem: 'Units must be a whole number, not "many".',
    });
    expect(layerRows('dens 5', image)[0]).toMatchObject({
      kind: null,
      problem: expect.stringContaining('cannot be read'),
    });
  });

  it('move, go and come', () => {
    expect(moved('relu, dense 5', 1, -1)).toBe('dense 5, relu');
    expect(moved('relu, dense 5', 0, -1)).toBe('relu, dense 5');
    expect(without('relu, dense 5', 0)).toBe('dense 5');
    expect(added('conv 4 3x3, dense 5', 'residual')).toEqual({ text: 'conv 4 3x3, residual 16, dense 5', at: 1 });
    expect(added('', 'dense')).toEqual({ text: 'dense 64 relu', at: 0 });
  });
});
