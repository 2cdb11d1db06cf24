import type { Env, Seed } from '../env.ts';
import { type Action, createArray, type ObservationArray, type ObservationSpace } from '../spaces.ts';
import { EnvWrapper } from './envWrapper.ts';

/**
 * Shows the last `count` observations side by side along the last axis, the newest last: [84, 84, 1] becomes
 * [84, 84, count], [4] becomes [4 · count]. An episode begins with its first observation repeated. (Gymnasium's wrapper
 * adds an axis in front instead; for convolutions the last one is where frames belong.)
 */
export const stackFrames = (env: Env, count: number): Env => new FrameStack(env, count);

class FrameStack extends EnvWrapper {
  /** The present observation of the environment itself: [pixels, channels]. */
  private readonly frame: ObservationArray;
  /** What is shown: [pixels, count · channels]. */
  private readonly stack: ObservationArray;
  private readonly channels: number;
  /** count · channels */
  private readonly depth: number;

  constructor(env: Env, count: number) {
    const space = env.spec.observationSpace;
    super(env, { observationSpace: stackedSpace(space, count) });
    this.frame = createArray(space);
    this.stack = createArray(this.spec.observationSpace);
    this.channels = space.shape.at(-1)!;
    this.depth = count * this.channels;
  }

  override reset(out: ObservationArray, at: number, seed?: Seed): void {
    super.reset(this.frame, 0, seed);
    for (let offset = 0; offset < this.depth; offset += this.channels) this.writeFrame(offset);
    out.set(this.stack, at);
  }

  override step(action: Action, out: ObservationArray, at: number): void {
    super.step(action, this.frame, 0);
    // A shift of the whole memory moves each frame into the place of the older one; the last place is written anew.
    this.stack.copyWithin(0, this.channels);
    this.writeFrame(this.depth - this.channels);
    out.set(this.stack, at);
  }

  /** Writes the present frame into the channels from `offset` on of every pixel. */
  private writeFrame(offset: number): void {
    const { frame, stack, channels, depth } = this;
    for (let from = 0, to = offset; from < frame.length; from += channels, to += depth) {
      for (let c = 0; c < channels; c++) stack[to + c] = frame[from + c]!;
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
