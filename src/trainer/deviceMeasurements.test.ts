import { describe, expect, it } from 'vitest';
import { hyperparametersOf } from '../config/presets.ts';
import { findEnv } from '../envs/registry.ts';
import { networkSpecFor } from '../networks/networkSpec.ts';
import { keepMeasurements, readMeasurements } from './deviceMeasurements.ts';

const h = { ...hyperparametersOf('cartpole'), numActors: 1 };
const network = networkSpecFor(findEnv('CartPole-v1').spec, h);

function storageWith(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

describe('Measurements of engines', () => {
  it('are found again for the same network, batch and browser, and for no other', () => {
    const storage = storageWith();
    expect(readMeasurements(storage, h, network, 'a browser')).toBeNull();
    keepMeasurements(storage, h, network, 'a browser', { wasm: 3, cpu: 20 });
    keepMeasurements(storage, h, network, 'a browser', { wasm: 2, cpu: 20 });
    expect(readMeasurements(storage, h, network, 'a browser')).toEqual({ wasm: 2, cpu: 20 });
    expect(readMeasurements(storage, h, network, 'another')).toBeNull();
    expect(readMeasurements(storage, { ...h, batchSize: 32 }, network, 'a browser')).toBeNull();
    expect(readMeasurements(storage, { ...h, algorithm: 'appo' }, network, 'a browser')).toBeNull();
    expect(readMeasurements(storage, { ...h, numEpochs: 4 }, network, 'a browser')).toBeNull();
    const wider = networkSpecFor(findEnv('CartPole-v1').spec, { ...h, hiddenDim: 512 });
    expect(readMeasurements(storage, h, wider, 'a browser')).toBeNull();
  });

  it('forget the oldest, and whatever is not theirs', () => {
    const storage = storageWith();
    for (let T = 1; T <= 60; T++) keepMeasurements(storage, { ...h, numSteps: T }, network, 'a browser', { wasm: T });
    expect(readMeasurements(storage, { ...h, numSteps: 1 }, network, 'a browser')).toBeNull();
    expect(readMeasurements(storage, { ...h, numSteps: 60 }, network, 'a browser')).toEqual({ wasm: 60 });
    for (const text of ['{', '"x"', '[["k",{"gpu":1}]]', '[3]']) {
      expect(readMeasurements(storageWith(text), h, network, 'a browser')).toBeNull();
    }
  });

  it('do without a storage that refuses', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => keepMeasurements(full, h, network, 'a browser', { wasm: 1 })).not.toThrow();
  });
});
