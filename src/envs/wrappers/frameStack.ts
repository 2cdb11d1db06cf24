import type { Env, Seed } from '../env.ts';
import { type Action, createArray, type ObservationArray, type ObservationSpace, sizeOf } from '../spaces.ts';
import { EnvWrapper } from './envWrapper.ts';

/**
 * Shows the last `count` observations side by side along the last axis, the newest last: [84, 84, 1] becomes
 * [84, 84, count], [4] becomes [4 · count]. An episode begins with its first observation repeated. (Gymnasium's wrapper
 * adds an axis in front instead; for convolutions the last one is where frames belong.)
 */
export const stackFrames = (env: Env, count: number): Env => new FrameStack(env, count);

class FrameStack extends EnvWrapper {
  /** The last observations; `newest` is the index of the present one, and the one after it is the oldest. */
  private readonly frames: readonly ObservationArray[];
  private newest = 0;
  private readonly channels: number;
  private readonly pixels: number;

  constructor(env: Env, count: number) {
    const space = env.spec.observationSpace;
    super(env, { observationSpace: stackedSpace(space, count) });
    this.channels = space.shape.at(-1)!;
    this.pixels = sizeOf(space) / this.channels;
    this.frames = Array.from({ length: count }, () => createArray(space));
  }

  override reset(out: ObservationArray, at: number, seed?: Seed): void {
    const first = this.frames[this.newest]!;
    super.reset(first, 0, seed);
    for (const frame of this.frames) if (frame !== first) frame.set(first);
    this.observe(out, at);
  }

  override step(action: Action, out: ObservationArray, at: number): void {
    this.newest = (this.newest + 1) % this.frames.length;
    super.step(action, this.frames[this.newest]!, 0);
    this.observe(out, at);
  }

  private observe(out: ObservationArray, at: number): void {
    const { frames, pixels, channels } = this;
    const stride = frames.length * channels;
    for (let age = 0; age < frames.length; age++) {
      const frame = frames[(this.newest + frames.length - age) % frames.length]!;
      const column = at + (frames.length - 1 - age) * channels;
      for (let pixel = 0; pixel < pixels; pixel++) {
        for (let c = 0; c < channels; c++) out[column + pixel * stride + c] = frame[pixel * channels + c]!;
      }
    }
  }
}

/** A bound per channel repeats with the frames; one bound for all elements stays as it is. */
function stackedSpace(space: ObservationSpace, count: number): ObservationSpace {
  const channels = space.shape.at(-1)!;
  const stacked = (bounds: readonly number[]): readonly number[] => {
    if (bounds.length === 1) return bounds;
    const pixels = Array.from({ length: bounds.length / channels }, (_, pixel) =>
      bounds.slice(pixel * channels, (pixel + 1) * channels),
    );
    return pixels.flatMap((pixel) => Array.from({ length: count }, () => pixel).flat());
  };
  return {
    ...space,
    shape: [...space.shape.slice(0, -1), channels * count],
    low: stacked(space.low),
    high: stacked(space.high),
  };
}
