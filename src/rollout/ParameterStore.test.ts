import { describe, expect, it } from 'vitest';
import { ParameterStore } from './ParameterStore.ts';

describe('The parameter store', () => {
  it('gives the newest parameters and their version', () => {
    const store = new ParameterStore(ParameterStore.allocate(3));
    const out = new Float32Array(3);
    for (let version = 0; version < 5; version++) {
      store.publish(Float32Array.of(version, version, version), version);
      expect(store.read(out)).toBe(version);
      expect([...out]).toEqual([version, version, version]);
    }
  });

  it('reads again when the learner overtook the reading', () => {
    const memory = ParameterStore.allocate(2);
    const store = new ParameterStore(memory);
    store.publish(Float32Array.of(1, 1), 1);
    let interrupted = false;
    // A destination that lets two updates happen in the middle of being copied into.
    const out = new Float32Array(2);
    const copy = out.set.bind(out);
    out.set = (values) => {
      copy(values);
      if (interrupted) return;
      interrupted = true;
      store.publish(Float32Array.of(2, 2), 2);
      store.publish(Float32Array.of(3, 3), 3);
    };
    expect(store.read(out)).toBe(3);
    expect([...out]).toEqual([3, 3]);
  });

  it('ends the waiting for a version when it is closed', () => {
    const store = new ParameterStore(ParameterStore.allocate(1));
    store.close();
    expect(store.waitFor(1)).toBe(false);
  });
});
