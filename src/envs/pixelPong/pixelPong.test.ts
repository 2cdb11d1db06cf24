import { describe, expect, it } from 'vitest';
import { mean, type Policy, playEpisodes } from '../../../test/randomPolicy.ts';
import { NumpyRandom } from '../../math/numpyRandom.ts';
import { makeActionSampler } from '../actionSampler.ts';
import type { ObservationArray } from '../spaces.ts';
import { pixelPong } from './definition.ts';
import { COURT, PixelPong, PLAYER_X } from './pixelPong.ts';

/** The middle row of the pixels of this brightness in some columns of the newest of `frames` frames, or null. */
function middleRow(pixels: ObservationArray, brightness: number, from: number, to: number, frames: number) {
  const rows: number[] = [];
  for (let row = 0; row < COURT; row++) {
    for (let column = from; column < to; column++) {
      if (pixels[(row * COURT + column) * frames + frames - 1] === brightness) rows.push(row);
    }
  }
  return rows.length > 0 ? mean(rows) : null;
}

/** Keeps the paddle's middle a little above the ball, so that it is returned at an angle. */
const trackBall =
  (frames: number, aim: number): Policy =>
  (pixels) => {
    const ball = middleRow(pixels, 255, 0, COURT, frames);
    const paddle = middleRow(pixels, 170, PLAYER_X, PLAYER_X + 1, frames)!;
    if (ball === null || Math.abs(ball - paddle - aim) < 1.5) return 0;
    return ball - paddle < aim ? 1 : 2;
  };

describe('PixelPong', () => {
  it('is lost by chance, and won by who returns the ball steeply', () => {
    const random = makeActionSampler(pixelPong.spec.actionSpace, new NumpyRandom(1));
    const byChance = mean(playEpisodes(new PixelPong(), random, 20, 1).returns);
    const bySteepReturns = mean(playEpisodes(new PixelPong(), trackBall(1, 4), 10, 1).returns);
    expect(byChance).toBeLessThan(-3);
    expect(bySteepReturns).toBeGreaterThan(4);
  });

  it('can be played from the stacked pixels, the newest frame last', () => {
    const { returns } = playEpisodes(pixelPong.create(), trackBall(4, 4), 3, 1);
    expect(mean(returns)).toBeGreaterThan(4);
  });

  it('shows each frame four times, one step later each time', () => {
    const env = pixelPong.create();
    const frames = new PixelPong();
    const stacked = new Uint8Array(COURT * COURT * 4);
    const history = Array.from({ length: 9 }, () => new Uint8Array(COURT * COURT));
    env.reset(stacked, 0, 5);
    frames.reset(history[0]!, 0, 5);
    for (let t = 1; t < history.length; t++) {
      env.step(t % 3, stacked, 0);
      frames.step(t % 3, history[t]!, 0);
    }
    for (let age = 0; age < 4; age++) {
      expect(stacked.filter((_, i) => i % 4 === 3 - age)).toEqual(history[history.length - 1 - age]);
    }
  });

  it('ends with five points on one side, and its return is the difference', () => {
    const env = new PixelPong();
    const random = new NumpyRandom(2);
    const snapshot = new Float64Array(6);
    for (let episode = 0; episode < 5; episode++) {
      const { returns } = playEpisodes(env, () => random.integers(0, 3), 1, episode);
      env.snapshot(snapshot);
      const [opponentScore, playerScore] = snapshot.slice(4);
      expect(Math.max(opponentScore!, playerScore!)).toBe(5);
      expect(returns).toEqual([playerScore! - opponentScore!]);
    }
  });

  it('keeps ball and paddles on the court while a rally lasts', () => {
    const env = new PixelPong();
    const random = new NumpyRandom(3);
    const pixels = new Uint8Array(COURT * COURT);
    const snapshot = new Float64Array(6);
    env.reset(pixels, 0, 3);
    for (let t = 0; t < 3000; t++) {
      if (env.terminated) env.reset(pixels, 0);
      else env.step(random.integers(0, 3), pixels, 0);
      env.snapshot(snapshot);
      const [opponentY, playerY, , ballY] = snapshot as unknown as [number, number, number, number];
      expect(Math.min(opponentY, playerY, ballY)).toBeGreaterThanOrEqual(0);
      expect(Math.max(opponentY + 12, playerY + 12, ballY + 2)).toBeLessThanOrEqual(COURT);
    }
  });
});
