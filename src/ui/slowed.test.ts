import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { slowed } from './slowed.ts';
import { Store } from './store.ts';

describe('a slowed store', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('follows the first change at once, and of many that follow shows the last', () => {
    const source = new Store(0);
    const followed = slowed(source, 100);
    const seen: number[] = [];
    followed.subscribe(() => seen.push(followed.get()));
    for (const value of [1, 2, 3]) source.set(value);
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(100);
    source.set(4);
    expect(seen).toEqual([1, 3]);
    vi.advanceTimersByTime(300);
    expect(seen).toEqual([1, 3, 4]);
    source.set(5);
    expect(seen).toEqual([1, 3, 4, 5]);
  });
});
