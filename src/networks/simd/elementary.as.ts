/** What the kernels of inference and of training share, in AssemblyScript: functions of four float32 at a time. */

/** Bytes of a float, of a vector of four, of a panel of eight. */
export const one: usize = 4;
export const four: usize = 16;
export const eight: usize = 32;

/** The rational function of ../tanh.ts. */
export function tanh(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(9)), f32x4.splat(-9));
  const u = f32x4.mul(bounded, bounded);
  let p = f32x4.add(f32x4.mul(u, f32x4.splat(-1.224611791e-11)), f32x4.splat(3.064234657e-8));
  p = f32x4.add(f32x4.mul(u, p), f32x4.splat(2.803123328e-5));
  p = f32x4.add(f32x4.mul(u, p), f32x4.splat(0.00386950409));
  p = f32x4.add(f32x4.mul(u, p), f32x4.splat(0.1368085331));
  p = f32x4.add(f32x4.mul(u, p), f32x4.splat(0.9999999987));
  let q = f32x4.add(f32x4.mul(u, f32x4.splat(1.289029739e-6)), f32x4.splat(0.0003940706537));
  q = f32x4.add(f32x4.mul(u, q), f32x4.splat(0.02725014229));
  q = f32x4.add(f32x4.mul(u, q), f32x4.splat(0.470141854));
  q = f32x4.add(f32x4.mul(u, q), f32x4.splat(1));
  return f32x4.div(f32x4.mul(bounded, p), q);
}

export function sigmoid(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return f32x4.add(half, f32x4.mul(half, tanh(f32x4.mul(half, x))));
}

/** Stores the first `count` elements of a vector, all four if there are more. */
export function storeFirst(at: usize, vector: v128, count: i32): void {
  if (count >= 4) {
    v128.store(at, vector);
    return;
  }
  store<f32>(at, f32x4.extract_lane(vector, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(vector, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(vector, 2), 8);
}

/** Loads up to four floats; those beyond `count` are 0. */
export function loadFirst(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at);
  let vector = f32x4.splat(0);
  if (count > 0) vector = f32x4.replace_lane(vector, 0, load<f32>(at));
  if (count > 1) vector = f32x4.replace_lane(vector, 1, load<f32>(at, 4));
  if (count > 2) vector = f32x4.replace_lane(vector, 2, load<f32>(at, 8));
  return vector;
}
