import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { crc32 } from '../math/crc32.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { parameterLayout } from '../networks/parameterLayout.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpointFile.ts';

const network = networkSpecFor(findEnv('CartPole-v1').spec, hyperparametersOf('cartpole'));
const other = networkSpecFor(findEnv('CartPole-v1').spec, hyperparametersOf('cartpole', { hiddenDim: 7 }));
const { size, trainableSize } = parameterLayout(network);
const numbers = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i) * 1e-3);
const state = {
  parameters: numbers(size),
  moments: numbers(2 * trainableSize),
  distillation: numbers(20),
  updates: 12,
  frames: 3840,
  seconds: 1.25,
};

describe('A checkpoint file', () => {
  it('is read back as it was written', () => {
    expect(decodeCheckpoint(encodeCheckpoint(state, network), network)).toEqual(state);
  });

  it('needs no distillation', () => {
    const without = { ...state, distillation: new Float32Array(0) };
    expect(decodeCheckpoint(encodeCheckpoint(without, network), network)).toEqual(without);
  });

  it('is refused if its tensors are too short', () => {
    const short = { ...state, moments: numbers(9) };
    expect(() => decodeCheckpoint(encodeCheckpoint(short, network), network)).toThrow('9 moments, not as many');
  });

  it('is refused if a single bit of its numbers changed', () => {
    const file = encodeCheckpoint(state, network);
    file[file.length - 5]! ^= 4;
    expect(() => decodeCheckpoint(file, network)).toThrow('its checksum does not fit its contents');
  });

  it('is refused if it ends early', () => {
    const file = encodeCheckpoint(state, network);
    expect(() => decodeCheckpoint(file.subarray(0, file.length - 4), network)).toThrow('lies outside the file');
  });

  it('is refused for another network', () => {
    expect(() => decodeCheckpoint(encodeCheckpoint(state, network), other)).toThrow('of another network');
  });
});

describe('The checksum', () => {
  it('is the one that the standard gives for its check text', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
