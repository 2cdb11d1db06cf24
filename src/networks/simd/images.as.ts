/** What is done to images beside convolutions. */
import { four } from './elementary.as';

/** Copies max(lowest, image) into the middle of a larger one, whose border of `padding` pixels stays as it is. */
export function surround(x: usize, height: i32, width: i32, channels: i32, padding: i32, y: usize, lowest: f32): void {
  const floor = f32x4.splat(lowest);
  const lineLength = width * channels;
  const outLine = (<usize>((width + 2 * padding) * channels)) << 2;
  y += <usize>padding * outLine + ((<usize>(padding * channels)) << 2);
  for (let line = 0; line < height; line++) {
    let i = 0;
    let at = y;
    for (; i + 4 <= lineLength; i += 4) {
      v128.store(at, f32x4.pmax(v128.load(x), floor));
      x += four;
      at += four;
    }
    for (; i < lineLength; i++) {
      const value = load<f32>(x);
      store<f32>(at, value < lowest ? lowest : value);
      x += 4;
      at += 4;
    }
    y += outLine;
  }
}

/** Window 3×3, stride 2, one pixel around that never wins: windows start at −1, as in PyTorch. `channels` is a multiple of four. */
export function maxPool(x: usize, height: i32, width: i32, channels: i32, y: usize): void {
  const pixelBytes = (<usize>channels) << 2;
  const outHeight = (height + 1) >> 1;
  const outWidth = (width + 1) >> 1;
  for (let oy = 0; oy < outHeight; oy++) {
    const top = max(0, 2 * oy - 1);
    const bottom = min(height - 1, 2 * oy + 1);
    for (let ox = 0; ox < outWidth; ox++) {
      const left = max(0, 2 * ox - 1);
      const right = min(width - 1, 2 * ox + 1);
      for (let c: usize = 0; c < pixelBytes; c += four) {
        let largest = f32x4.splat(-Infinity);
        for (let iy = top; iy <= bottom; iy++) {
          for (let ix = left; ix <= right; ix++) {
            largest = f32x4.pmax(largest, v128.load(x + <usize>(iy * width + ix) * pixelBytes + c));
          }
        }
        v128.store(y + c, largest);
      }
      y += pixelBytes;
    }
  }
}
