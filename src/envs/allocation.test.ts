import { describe, expect, it } from 'vitest';
import { CartPole } from './cartPole/cartPole.ts';
import { VectorEnv } from './vectorEnv.ts';

/** In a file of its own, since what other tests teach the compiler about `VectorEnv` would change the result. */
describe('VectorEnv', () => {
  const T = 20;
  const makeRollout = () => ({
    observation: new Float32Array((T + 1) * 4),
    action: Int32Array.from({ length: T }, (_, t) => t % 2),
    reward: new Float32Array(T),
    terminated: new Uint8Array(T),
    truncated: new Uint8Array(T),
    isFirst: new Uint8Array(T + 1),
    episodeReturn: new Float32Array(T),
    episodeLength: new Int32Array(T),
  });

  it('allocates nothing once it runs', () => {
    const vectorEnv = new VectorEnv([new CartPole(), new CartPole()], [1, 2]);
    const pair = [[makeRollout(), makeRollout()] as const, [makeRollout(), makeRollout()] as const] as const;
    const fill = (count: number) => {
      for (let i = 0; i < count; i++) {
        vectorEnv.bind(i % 2 === 0 ? pair[0] : pair[1]);
        for (let t = 0; t < T; t++) vectorEnv.step(t);
      }
    };
    fill(5000);
    const before = process.memoryUsage().heapUsed;
    fill(5000);
    const bytesPerStep = (process.memoryUsage().heapUsed - before) / (5000 * T * 2);
    // One boxed number a step would be 16 bytes; what the compiler itself leaves behind is far less than one.
    expect(bytesPerStep).toBeLessThan(4);
  });
});
