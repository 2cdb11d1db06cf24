import { describe, expect, it } from 'vitest';

describe('The browser that tests run in', () => {
  it('gives pages shared memory', () => {
    expect(crossOriginIsolated).toBe(true);
    expect(new SharedArrayBuffer(8).byteLength).toBe(8);
  });

  it('has WebGPU', async () => {
    expect(await navigator.gpu.requestAdapter()).not.toBeNull();
  });
});
