import { describe, expect, it } from 'vitest';
import { RandomStream, threefry2x32 } from './randomStream.ts';

describe('Threefry-2x32', () => {
  // The known answers that its authors publish with Random123.
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ])('gives the published answer for key %o and counter %o', (key, counter, expected) => {
    const out = new Uint32Array(2);
    threefry2x32(key[0]!, key[1]!, counter[0]!, counter[1]!, out);
    expect([...out]).toEqual(expected);
  });
});

describe('A random stream', () => {
  const draw = (stream: RandomStream, n: number) => Array.from({ length: n }, () => stream.uint32());

  it('repeats itself for the same name', () => {
    expect(draw(new RandomStream(7, 'actionNoise', 1, 2), 10)).toEqual(
      draw(new RandomStream(7, 'actionNoise', 1, 2), 10),
    );
  });

  it('differs in every part of its name', () => {
    const names: ConstructorParameters<typeof RandomStream>[] = [
      [7, 'actionNoise', 1, 2],
      [8, 'actionNoise', 1, 2],
      [7, 'envSeed', 1, 2],
      [7, 'actionNoise', 2, 1],
      [7, 'actionNoise', 1, 3],
    ];
    const firsts = names.map((name) => new RandomStream(...name).uint32());
    expect(new Set(firsts).size).toBe(names.length);
  });

  it('goes on where it stood after seeking', () => {
    const stream = new RandomStream(1, 'envSeed');
    const all = draw(stream, 9);
    for (const position of [0, 3, 4, 8]) {
      stream.seek(position);
      expect(stream.position).toBe(position);
      expect(stream.uint32()).toBe(all[position]);
    }
  });

  it('has the mean and spread of a uniform and of a normal distribution', () => {
    const stream = new RandomStream(3, 'measurement');
    const n = 20000;
    const moments = (sample: () => number) => {
      const values = Array.from({ length: n }, sample);
      const mean = values.reduce((sum, value) => sum + value, 0) / n;
      return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n] as const;
    };
    const [uniformMean, uniformVariance] = moments(() => stream.uniform());
    expect(Math.abs(uniformMean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(uniformVariance - 1 / 12)).toBeLessThan(0.003);
    const [normalMean, normalVariance] = moments(() => stream.normal());
    expect(Math.abs(normalMean)).toBeLessThan(0.03);
    expect(Math.abs(normalVariance - 1)).toBeLessThan(0.05);
  });
});
