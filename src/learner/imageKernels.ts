/** What TensorFlow.js lacks, or has wrong, for training convolutions: patches for the filter's gradient, and max-pool's gradient. */
import type { OwnKernel } from './ownKernel.ts';

export interface PatchesAttrs {
  readonly rows: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * im2col, transposed: x [rows, height, width, channels] → [kernel·kernel·channels, rows·outHeight·outWidth]. Column p holds the pixels under the
 * kernel at output position p, so that patches · dy [rows·outHeight·outWidth, filters] is the gradient of the filter.
 */
export const patchesKernel: OwnKernel<PatchesAttrs> = {
  name: 'PronkPatches',
  inputs: ['x'],
  outputShape: ({ kernel, channels, rows, outHeight, outWidth }) => [
    kernel * kernel * channels,
    rows * outHeight * outWidth,
  ],
  host([x], { rows, height, width, channels, outHeight, outWidth, kernel, stride, padding }, out) {
    const numPositions = rows * outHeight * outWidth;
    for (let ky = 0; ky < kernel; ky++) {
      for (let kx = 0; kx < kernel; kx++) {
        for (let c = 0; c < channels; c++) {
          let at = ((ky * kernel + kx) * channels + c) * numPositions;
          for (let row = 0; row < rows; row++) {
            for (let oy = 0; oy < outHeight; oy++) {
              const iy = oy * stride + ky - padding;
              const line = (row * height + iy) * width;
              const isInside = iy >= 0 && iy < height;
              for (let ox = 0; ox < outWidth; ox++) {
                const ix = ox * stride + kx - padding;
                out[at++] = isInside && ix >= 0 && ix < width ? x![(line + ix) * channels + c]! : 0;
              }
            }
          }
        }
      }
    }
  },
  numThreads: ({ kernel, channels, rows, outHeight, outWidth }) =>
    kernel * kernel * channels * rows * outHeight * outWidth,
  uniforms: (a) => [
    ['rows', 'int32', a.rows],
    ['height', 'int32', a.height],
    ['width', 'int32', a.width],
    ['channels', 'int32', a.channels],
    ['outHeight', 'int32', a.outHeight],
    ['outWidth', 'int32', a.outWidth],
    ['kernelSize', 'int32', a.kernel],
    ['stride', 'int32', a.stride],
    ['padding', 'int32', a.padding],
  ],
  wgslKey: () => '',
  wgsl: () => `
  fn main(index : i32) {
    let numPositions = uniforms.rows * uniforms.outHeight * uniforms.outWidth;
    let element = index / numPositions;
    if (element >= uniforms.kernelSize * uniforms.kernelSize * uniforms.channels) { return; }
    let position = index % numPositions;
    let c = element % uniforms.channels;
    let kx = (element / uniforms.channels) % uniforms.kernelSize;
    let ky = element / (uniforms.channels * uniforms.kernelSize);
    let ox = position % uniforms.outWidth;
    let oy = (position / uniforms.outWidth) % uniforms.outHeight;
    let row = position / (uniforms.outWidth * uniforms.outHeight);
    let iy = oy * uniforms.stride + ky - uniforms.padding;
    let ix = ox * uniforms.stride + kx - uniforms.padding;
    var pixel = 0.0;
    if (iy >= 0 && iy < uniforms.height && ix >= 0 && ix < uniforms.width) {
      pixel = x[((row * uniforms.height + iy) * uniforms.width + ix) * uniforms.channels + c];
    }
    result[index] = pixel;
  }`,
};

export interface PoolAttrs {
  readonly rows: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/**
 * Gradient of max-pooling with windows 3×3, stride 2, one pixel around: x [rows, height, width, channels], y and dy [rows, outHeight, outWidth, channels] → dx.
 * The first maximum of a window, line by line, gets its gradient, as in PyTorch. (TensorFlow.js's wasm kernel errs where no pixel is positive.)
 */
export const maxPoolGradKernel: OwnKernel<PoolAttrs> = {
  name: 'PronkMaxPoolGrad',
  inputs: ['x', 'y', 'dy'],
  outputShape: ({ rows, height, width, channels }) => [rows, height, width, channels],
  host([x, y, dy], { rows, height, width, channels, outHeight, outWidth }, out) {
    out.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++) {
          for (let c = 0; c < channels; c++) {
            const from = ((row * outHeight + oy) * outWidth + ox) * channels + c;
            const at = firstMaximum(x!, y![from]!, row, oy, ox, c, height, width, channels);
            out[at]! += dy![from]!;
          }
        }
      }
    }
  },
  numThreads: ({ rows, height, width, channels }) => rows * height * width * channels,
  uniforms: (a) => [
    ['rows', 'int32', a.rows],
    ['height', 'int32', a.height],
    ['width', 'int32', a.width],
    ['channels', 'int32', a.channels],
    ['outHeight', 'int32', a.outHeight],
    ['outWidth', 'int32', a.outWidth],
  ],
  wgslKey: () => '',
  wgsl: () => `
  fn pixelAt(row : i32, iy : i32, ix : i32, c : i32) -> i32 {
    return ((row * uniforms.height + iy) * uniforms.width + ix) * uniforms.channels + c;
  }

  fn firstMaximum(largest : f32, row : i32, oy : i32, ox : i32, c : i32) -> i32 {
    for (var iy = max(0, 2 * oy - 1); iy <= min(uniforms.height - 1, 2 * oy + 1); iy++) {
      for (var ix = max(0, 2 * ox - 1); ix <= min(uniforms.width - 1, 2 * ox + 1); ix++) {
        if (x[pixelAt(row, iy, ix, c)] == largest) { return pixelAt(row, iy, ix, c); }
      }
    }
    return -1;
  }

  fn main(index : i32) {
    if (index >= uniforms.rows * uniforms.height * uniforms.width * uniforms.channels) { return; }
    let c = index % uniforms.channels;
    let ix = (index / uniforms.channels) % uniforms.width;
    let iy = (index / (uniforms.channels * uniforms.width)) % uniforms.height;
    let row = index / (uniforms.channels * uniforms.width * uniforms.height);
    var sum = 0.0;
    for (var oy = iy / 2; oy <= min(uniforms.outHeight - 1, (iy + 1) / 2); oy++) {
      for (var ox = ix / 2; ox <= min(uniforms.outWidth - 1, (ix + 1) / 2); ox++) {
        let pooled = ((row * uniforms.outHeight + oy) * uniforms.outWidth + ox) * uniforms.channels + c;
        if (firstMaximum(y[pooled], row, oy, ox, c) == index) { sum += dy[pooled]; }
      }
    }
    result[index] = sum;
  }`,
};

function firstMaximum(
  x: Float32Array,
  largest: number,
  row: number,
  oy: number,
  ox: number,
  c: number,
  height: number,
  width: number,
  channels: number,
): number {
  for (let iy = Math.max(0, 2 * oy - 1); iy <= Math.min(height - 1, 2 * oy + 1); iy++) {
    for (let ix = Math.max(0, 2 * ox - 1); ix <= Math.min(width - 1, 2 * ox + 1); ix++) {
      const at = ((row * height + iy) * width + ix) * channels + c;
      if (x[at] === largest) return at;
    }
  }
  return ((row * height + 2 * oy) * width + 2 * ox) * channels + c; // Only where the window holds NaN.
}
