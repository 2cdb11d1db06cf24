import { describe, expect, it } from 'vitest';
import { clipToBox } from './clipToBox.ts';
import type { Box } from './spaces.ts';

describe('An action on its way to the environment', () => {
  it('is limited to the bounds of its space, element by element', () => {
    const space: Box = { kind: 'box', shape: [3], dtype: 'float32', low: [-1, -2, 0], high: [1, 2, 0.5] };
    const out = new Float32Array(3);
    clipToBox([9, -3, 1.5, 0.25], 1, space, out);
    expect([...out]).toEqual([-1, 1.5, 0.25]);
    clipToBox([3, -3, 1.5, 0.75], 1, { ...space, low: [-1], high: [1] }, out);
    expect([...out]).toEqual([-1, 1, 0.75]);
  });
});
