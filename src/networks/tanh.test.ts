import { describe, expect, it } from 'vitest';
import { tanh } from './tanh.ts';

describe('The fast hyperbolic tangent', () => {
  it('is the true one to float32', () => {
    for (let x = -12; x <= 12; x += 1e-3) {
      const truth = Math.tanh(x);
      expect(Math.abs(tanh(x) - truth), `at ${x}`).toBeLessThan(4e-8);
      if (Math.abs(x) < 9) expect(Math.abs(tanh(x) - truth) / Math.abs(truth || 1), `at ${x}`).toBeLessThan(2e-9);
    }
  });

  it('is odd, and keeps what is no number', () => {
    expect(tanh(-0.7)).toBe(-tanh(0.7));
    expect(tanh(0)).toBe(0);
    expect(tanh(Number.POSITIVE_INFINITY)).toBeCloseTo(1, 7);
    expect(tanh(Number.NaN)).toBeNaN();
  });
});
