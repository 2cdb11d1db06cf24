import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gifTimes } from './gifTimes.ts';

const films = [fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 120 })] as const;

describe('The pictures of a GIF', () => {
  it('begin with the first, end with the last, and are in order', () => {
    fc.assert(
      fc.property(...films, (length, framesPerSecond) => {
        const frames = gifTimes(length, framesPerSecond).map(({ frame }) => frame);
        expect([frames[0], frames.at(-1)]).toEqual([0, length - 1]);
        expect(frames).toEqual([...new Set(frames)].toSorted((a, b) => a - b));
      }),
    );
  });

  it('last as long as the film, in whole hundredths of a second', () => {
    fc.assert(
      fc.property(...films, (length, framesPerSecond) => {
        const delays = gifTimes(length, framesPerSecond).map(({ delayMs }) => delayMs);
        expect(delays.every((delay) => delay % 10 === 0)).toBe(true);
        const beforeLast = delays.slice(0, -1).reduce((sum, delay) => sum + delay, 0);
        expect(Math.abs(beforeLast - (1000 * (length - 1)) / framesPerSecond)).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('are no more than 25 in a second, but for the last', () => {
    expect(gifTimes(101, 50).map(({ frame }) => frame)).toEqual(Array.from({ length: 51 }, (_, i) => 2 * i));
    expect(gifTimes(4, 10).map(({ delayMs }) => delayMs)).toEqual([100, 100, 100, 800]);
  });
});
