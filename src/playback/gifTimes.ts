/** Which pictures of a film a GIF shows and for how long: GIF counts in hundredths of a second, and viewers slow down what is faster than 50 a second. */

/** More pictures only make the file larger. */
const maxFramesPerSecond = 25;
/** The end of an episode stays in sight before it begins again. */
const restMs = 800;

export interface GifFrame {
  readonly frame: number;
  /** A multiple of 10. */
  readonly delayMs: number;
}

/** Every n-th picture and the last one. Rounding of the delays does not add up: the whole lasts as long as the film. */
export function gifTimes(length: number, framesPerSecond: number): GifFrame[] {
  const stride = Math.ceil(framesPerSecond / maxFramesPerSecond);
  const frames = Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
  if (frames.at(-1) !== length - 1) frames.push(length - 1);
  const beginsAt = (frame: number) => Math.round((100 * frame) / framesPerSecond);
  return frames.map((frame, i) => {
    const next = frames[i + 1];
    return { frame, delayMs: next === undefined ? restMs : 10 * (beginsAt(next) - beginsAt(frame)) };
  });
}
