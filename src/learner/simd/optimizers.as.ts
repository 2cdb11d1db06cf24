/** The optimisers' steps. */
import { four, loadFirst, storeFirst } from '../../networks/simd/elementary.as';

/** Adam's step; see optimizerStep.ts. Arrays of `count`: parameters, m, v in `state`, one after the other; the new ones go to `next`. */
export function adam(
  state: usize,
  gradient: usize,
  next: usize,
  count: i32,
  clip: f32,
  learningRate: f32,
  beta1: f32,
  beta2: f32,
  correction1: f32,
  correction2: f32,
  eps: f32,
): void {
  const part = (<usize>count) << 2;
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const g = f32x4.mul(loadFirst(gradient, left), f32x4.splat(clip));
    const m = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), loadFirst(state + part, left)),
      f32x4.mul(f32x4.splat(1 - beta1), g),
    );
    const v = movingSquare(state + 2 * part, left, g, beta2);
    const root = f32x4.sqrt(f32x4.div(v, f32x4.splat(correction2)));
    const direction = f32x4.div(f32x4.div(m, f32x4.splat(correction1)), f32x4.add(root, f32x4.splat(eps)));
    storeStep(state, next, part, left, direction, m, v, learningRate);
    state += four;
    gradient += four;
    next += four;
  }
}

/** RMSprop's step; see optimizerStep.ts. Arrays as for `adam`. */
export function rmsprop(
  state: usize,
  gradient: usize,
  next: usize,
  count: i32,
  clip: f32,
  learningRate: f32,
  momentum: f32,
  decay: f32,
  eps: f32,
): void {
  const part = (<usize>count) << 2;
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const g = f32x4.mul(loadFirst(gradient, left), f32x4.splat(clip));
    const v = movingSquare(state + 2 * part, left, g, decay);
    const direction = f32x4.div(g, f32x4.add(f32x4.sqrt(v), f32x4.splat(eps)));
    const m = f32x4.add(f32x4.mul(f32x4.splat(momentum), loadFirst(state + part, left)), direction);
    storeStep(state, next, part, left, m, m, v, learningRate);
    state += four;
    gradient += four;
    next += four;
  }
}

function movingSquare(v: usize, left: i32, g: v128, decay: f32): v128 {
  const kept = f32x4.mul(f32x4.splat(decay), loadFirst(v, left));
  return f32x4.add(kept, f32x4.mul(f32x4.mul(f32x4.splat(1 - decay), g), g));
}

function storeStep(
  state: usize,
  next: usize,
  part: usize,
  left: i32,
  direction: v128,
  m: v128,
  v: v128,
  learningRate: f32,
): void {
  const step = f32x4.mul(f32x4.splat(learningRate), direction);
  storeFirst(next, f32x4.sub(loadFirst(state, left), step), left);
  storeFirst(next + part, m, left);
  storeFirst(next + 2 * part, v, left);
}
