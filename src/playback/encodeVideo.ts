/** A film strip as MP4 with H.264, or as WebM with VP9 or VP8 where the browser does not encode H.264. Loaded when it is needed. */
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WebMOutputFormat,
} from 'mediabunny';
import type { FilmStrip } from './FilmStrip.ts';
import type { Film, OnProgress } from './recorder.api.ts';

const codecs = ['avc', 'vp9', 'vp8'] as const;

export async function encodeVideo(strip: FilmStrip, onProgress: OnProgress): Promise<Film> {
  const { width, height, length, framesPerSecond } = strip;
  const codec = await getFirstEncodableVideoCodec([...codecs], { width, height });
  if (!codec) throw noVideoCodec();
  const isMp4 = codec === 'avc';
  const target = new BufferTarget();
  const output = new Output({ format: isMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const source = new CanvasSource(strip.canvas, { codec, quality: QUALITY_HIGH });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  for (let frame = 0; frame < length; frame++) {
    strip.draw(frame);
    await source.add(frame / framesPerSecond, 1 / framesPerSecond);
    onProgress((frame + 1) / length);
  }
  await output.finalize();
  return {
    file: new Uint8Array(target.buffer!),
    mimeType: isMp4 ? 'video/mp4' : 'video/webm',
    extension: isMp4 ? 'mp4' : 'webm',
    frames: length,
    returns: strip.returns,
  };
}

function noVideoCodec(): Error {
  const error = new Error('This browser encodes neither H.264 nor VP9 nor VP8. Record a GIF instead.');
  error.name = 'NoVideoCodec';
  return error;
}
