import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Sixty frames a second, by hand. */
function makeClock() {
  let [now, next] = [0, null as (() => void) | null];
  const clock = {
    now: () => now,
    requestFrame: (callback: () => void) => {
      next = callback;
    },
  };
  const runFrames = (count: number) => {
    for (let i = 0; i < count; i++) {
      now += 1000 / 60;
      const callback = next;
      next = null;
      callback?.();
    }
  };
  return { clock, runFrames, isAsked: () => next !== null };
}

const makeTaker = (isVisible = true) => ({
  isVisible,
  turns: 0,
  takeTurn() {
    this.turns++;
  },
});

describe('Turns', () => {
  it('are taken one in each frame', () => {
    const { clock, runFrames } = makeClock();
    const turns = new Turns(clock);
    const takers = [makeTaker(), makeTaker(), makeTaker()];
    for (const taker of takers) turns.join(taker);
    for (let frame = 1; frame <= 3; frame++) {
      runFrames(1);
      expect(takers.reduce((sum, taker) => sum + taker.turns, 0)).toBe(frame);
    }
    expect(takers.map((taker) => taker.turns)).toEqual([1, 1, 1]);
  });

  it('come four times a second at most, however fast data comes', () => {
    const { clock, runFrames } = makeClock();
    const turns = new Turns(clock);
    const taker = makeTaker();
    turns.join(taker);
    for (let i = 0; i < 120; i++) {
      turns.dataChanged();
      runFrames(1);
    }
    expect(taker.turns).toBeGreaterThanOrEqual(7);
    expect(taker.turns).toBeLessThanOrEqual(9);
  });

  it('are not taken out of sight, and made up for on coming back', () => {
    const { clock, runFrames } = makeClock();
    const turns = new Turns(clock);
    const taker = makeTaker(false);
    turns.join(taker);
    runFrames(30);
    expect(taker.turns).toBe(0);
    taker.isVisible = true;
    turns.visibilityChanged();
    runFrames(2);
    expect(taker.turns).toBe(1);
  });

  it('ask for no frames while nothing is due', () => {
    const { clock, runFrames, isAsked } = makeClock();
    const turns = new Turns(clock);
    turns.join(makeTaker());
    runFrames(5);
    expect(isAsked()).toBe(false);
    turns.dataChanged();
    expect(isAsked()).toBe(true);
  });

  it('rest while frozen, but for the first of a newcomer, and go on with what was recorded meanwhile', () => {
    const { clock, runFrames } = makeClock();
    const turns = new Turns(clock);
    const taker = makeTaker();
    turns.join(taker);
    runFrames(5);
    turns.setFrozen(true);
    turns.dataChanged();
    const newcomer = makeTaker();
    turns.join(newcomer);
    runFrames(30);
    expect([taker.turns, newcomer.turns]).toEqual([1, 1]);
    turns.setFrozen(false);
    runFrames(2);
    expect(taker.turns).toBe(2);
  });

  it('end for whoever left', () => {
    const { clock, runFrames } = makeClock();
    const turns = new Turns(clock);
    const taker = makeTaker();
    turns.join(taker)();
    runFrames(5);
    expect(taker.turns).toBe(0);
  });
});
