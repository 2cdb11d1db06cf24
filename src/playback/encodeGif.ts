/** A film strip as GIF, for places that take no video. Loaded when it is needed. */
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { FilmStrip } from './FilmStrip.ts';
import { gifTimes } from './gifTimes.ts';
import type { Film, OnProgress } from './recorder.api.ts';

/** Drawings have few colours; the rest are the soft edges between them. */
const maxColors = 64;

export function encodeGif(strip: FilmStrip, onProgress: OnProgress): Film {
  const { width, height } = strip;
  const gif = GIFEncoder();
  const times = gifTimes(strip.length, strip.framesPerSecond);
  for (const [index, { frame, delayMs }] of times.entries()) {
    const { data } = strip.draw(frame).getImageData(0, 0, width, height);
    const palette = quantize(data, maxColors);
    gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: delayMs });
    onProgress((index + 1) / times.length);
  }
  gif.finish();
  return { file: gif.bytes(), mimeType: 'image/gif', extension: 'gif', frames: times.length, returns: strip.returns };
}
