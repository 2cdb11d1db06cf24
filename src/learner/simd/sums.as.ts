/** What the products of training share: sums of eight columns, as two vectors. */
import { four, storeFirst } from '../../networks/simd/elementary.as';

/** sum + a · b, rounded once where the engine has an instruction for it, else twice. */
export function addProduct(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

export function storeEight(y: usize, low: v128, high: v128, count: i32): void {
  storeFirst(y, low, count);
  if (count > 4) storeFirst(y + four, high, count - 4);
}
