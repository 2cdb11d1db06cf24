import { beforeEach, describe, expect, it } from 'vitest';
import { Playhead } from './Playhead.ts';

let playhead: Playhead;

beforeEach(() => {
  playhead = new Playhead(50);
  playhead.reach(100);
});

describe('The playhead', () => {
  it('goes as many states in a second as the environment has frames, however time is cut', () => {
    playhead.toggle();
    for (let i = 0; i < 100; i++) playhead.advance(10);
    expect(playhead.step.get()).toBe(50);
  });

  it('goes faster and slower as asked', () => {
    playhead.toggle();
    playhead.speed.set(0.5);
    playhead.advance(1000);
    expect(playhead.step.get()).toBe(25);
    playhead.speed.set(4);
    playhead.advance(250);
    expect(playhead.step.get()).toBe(75);
  });

  it('stops at the end, and plays again from the beginning', () => {
    playhead.toggle();
    playhead.advance(60_000);
    expect([playhead.step.get(), playhead.isPlaying.get()]).toEqual([100, false]);
    playhead.toggle();
    expect([playhead.step.get(), playhead.isPlaying.get()]).toEqual([0, true]);
  });

  it('stands still when it is paused, and before an episode is there', () => {
    playhead.advance(1000);
    const empty = new Playhead(50);
    empty.toggle();
    empty.advance(1000);
    expect([playhead.step.get(), empty.step.get()]).toEqual([0, 0]);
  });

  it('stays within the longest episode, and pauses for a single step', () => {
    playhead.reach(60);
    playhead.toggle();
    playhead.seek(99);
    playhead.moveBy(5);
    expect([playhead.step.get(), playhead.isPlaying.get()]).toEqual([100, false]);
    playhead.moveBy(-1000);
    expect(playhead.step.get()).toBe(0);
  });
});
