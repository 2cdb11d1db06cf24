import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const frameMs = 1000 / 60;

/** Sixty frames a second, by hand. What a taker does takes time, and so does rendering a frame in which somebody took a turn. */
function makeClock({ renderMs = 0 } = {}) {
  let [now, time] = [0, 0]; // Of the frame; with what was done in it.
  let frames: (() => void)[] = [];
  let timers: { at: number; callback: () => void }[] = [];
  let rendered: (() => void)[] = [];
  const clock = {
    now: () => time,
    requestFrame: (callback: () => void) => void frames.push(callback),
    afterFrame: (callback: () => void) => void rendered.push(callback),
    wait: (ms: number, callback: () => void) => void timers.push({ at: time + ms, callback }),
  };
  const runFrames = (count: number) => {
    for (let i = 0; i < count; i++) {
      now += frameMs;
      if (time > now) continue; // Dropped.
      const over = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of over) callback();
      time = now;
      const asked = frames;
      frames = [];
      for (const callback of asked) callback();
      if (rendered.length > 0) time += renderMs;
      timers.push(...rendered.map((callback) => ({ at: time, callback })));
      rendered = [];
    }
  };
  const spend = (ms: number) => {
    time += ms;
  };
  return { clock, runFrames, spend, isAsked: () => frames.length + timers.length > 0 };
}

const makeTaker = (isVisible = true) => ({
  isVisible,
  turns: 0,
  takeTurn() {
    this.turns++;
  },
});

describe('Turns', () => {
  it('are taken in one frame until they have taken four milliseconds', () => {
    const { clock, runFrames, spend } = makeClock();
    const turns = new Turns(clock);
    const takers = [3, 3, 3, 30, 1].map((ms) => ({
      isVisible: true,
      turns: 0,
      takeTurn() {
        this.turns++;
        spend(ms);
      },
    }));
    for (const taker of takers) turns.join(taker);
    const taken = () => takers.map((taker) => taker.turns);
    runFrames(1);
    expect(taken()).toEqual([1, 1, 0, 0, 0]);
    runFrames(6);
    expect(taken()).toEqual([1, 1, 1, 1, 0]);
    runFrames(30);
    expect(taken()).toEqual([1, 1, 1, 1, 1]);
  });

  it('take a small share of the time on a slow machine', () => {
    const renderMs = 30;
    const { clock, runFrames } = makeClock({ renderMs });
    const turns = new Turns(clock);
    const takers = [makeTaker(), makeTaker()];
    for (const taker of takers) turns.join(taker);
    const seconds = 10;
    for (let i = 0; i < 60 * seconds; i++) {
      turns.dataChanged();
      runFrames(1);
    }
    const [first, second] = takers.map((taker) => taker.turns) as [number, number];
    const spentMs = first * renderMs; // Both in the same frames.
    expect(second).toBe(first);
    expect(spentMs / (1000 * seconds)).toBeGreaterThan(0.1);
    expect(spentMs / (1000 * seconds)).toBeLessThanOrEqual(0.16);
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

  it('go on after one of them has failed', () => {
    const { clock, runFrames } = makeClock();
    const turns = new Turns(clock);
    const failing = {
      isVisible: true,
      takeTurn() {
        throw new Error('no scale');
      },
    };
    const taker = makeTaker();
    turns.join(failing);
    turns.join(taker);
    expect(() => runFrames(1)).toThrow('no scale');
    runFrames(10);
    expect(taker.turns).toBe(1);
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
