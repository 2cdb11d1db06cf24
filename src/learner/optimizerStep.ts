/**
 * One step of RMSprop or Adam over all parameters at once, exactly as in PyTorch (TensorFlow.js puts ε elsewhere), with the
 * gradient clipped to a global norm first. The optimiser's whole state is one flat array [parameters | m | v].
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { OwnKernel } from './ownKernel.ts';

export interface OptimizerSettings {
  readonly optimizer: Hyperparameters['optimizer'];
  /** Largest global norm of the gradient; 0 does not clip */
  readonly maxGradNorm: number;
  readonly eps: number;
  /** RMSprop's momentum, Adam's β₁ */
  readonly momentum: number;
  /** RMSprop's α, Adam's β₂ */
  readonly decay: number;
}

export const optimizerSettings = (h: Hyperparameters): OptimizerSettings => ({
  optimizer: h.optimizer,
  maxGradNorm: h.maxGradNorm,
  eps: h.eps,
  momentum: h.optimizer === 'adam' ? h.beta1 : h.momentum,
  decay: h.optimizer === 'adam' ? h.beta2 : h.alpha,
});

/**
 * What changes from step to step: the learning rate, and Adam's divisors for its two running means, which start at 0 (1 for RMSprop).
 * @param step steps made, this one included: Adam's t
 */
export const stepRates = (
  { optimizer, momentum, decay }: OptimizerSettings,
  learningRate: number,
  step: number,
): [learningRate: number, correction1: number, correction2: number] =>
  optimizer === 'adam' ? [learningRate, 1 - momentum ** step, 1 - decay ** step] : [learningRate, 1, 1];

/** Factor on the gradient: min(1, max / (norm + 1e-6)), as torch.nn.utils.clip_grad_norm_ has it. */
export const clipCoefficient = (norm: number, maxGradNorm: number): number =>
  maxGradNorm > 0 ? Math.min(1, maxGradNorm / (norm + 1e-6)) : 1;

/**
 * @param state [3P]: parameters, m (momentum or first moment), v (mean of squared gradients)
 * @param gradient [P], before clipping
 * @param gradNorm its global norm
 * @param rates of this step
 * @param out [3P], written; may be `state` itself
 */
export function optimizerStep(
  state: Float32Array,
  gradient: Float32Array,
  gradNorm: number,
  rates: ArrayLike<number>,
  s: OptimizerSettings,
  out: Float32Array,
): void {
  const size = gradient.length;
  const coefficient = clipCoefficient(gradNorm, s.maxGradNorm);
  const [learningRate, correction1, correction2] = [rates[0]!, rates[1]!, rates[2]!];
  for (let i = 0; i < size; i++) {
    const g = coefficient * gradient[i]!;
    const m = state[size + i]!;
    const v = s.decay * state[2 * size + i]! + (1 - s.decay) * g * g;
    let newM: number;
    let direction: number;
    if (s.optimizer === 'adam') {
      newM = s.momentum * m + (1 - s.momentum) * g;
      direction = newM / correction1 / (Math.sqrt(v / correction2) + s.eps);
    } else {
      newM = s.momentum * m + g / (Math.sqrt(v) + s.eps);
      direction = newM;
    }
    out[i] = state[i]! - learningRate * direction;
    out[size + i] = newM;
    out[2 * size + i] = v;
  }
}

export interface OptimizerStepAttrs extends OptimizerSettings {
  /** Number of parameters: P */
  readonly size: number;
}

/** inputs: state [3P], gradient [P], squaredNorm (a scalar), rates [3]; output: the new state [3P]. A thread for each parameter. */
export const optimizerStepKernel: OwnKernel<OptimizerStepAttrs> = {
  name: 'PronkOptimizerStep',
  inputs: ['state', 'gradient', 'squaredNorm', 'rates'],
  outputShape: ({ size }) => [3 * size],
  host: ([state, gradient, squaredNorm, rates], settings, out) =>
    optimizerStep(state!, gradient!, Math.sqrt(squaredNorm![0]!), rates!, settings, out),
  numThreads: ({ size }) => size,
  uniforms: (s) => [
    ['numParameters', 'int32', s.size],
    ['maxGradNorm', 'float32', s.maxGradNorm],
    ['eps', 'float32', s.eps],
    ['momentum', 'float32', s.momentum],
    ['decay', 'float32', s.decay],
  ],
  wgslKey: ({ optimizer }) => optimizer,
  wgsl: ({ optimizer }) => wgsl(optimizer),
};

const directions = {
  adam: `
      let newM = uniforms.momentum * m + (1.0 - uniforms.momentum) * g;
      let direction = newM / rates[1] / (sqrt(v / rates[2]) + uniforms.eps);`,
  rmsprop: `
      let newM = uniforms.momentum * m + g / (sqrt(v) + uniforms.eps);
      let direction = newM;`,
} as const;

const wgsl = (optimizer: OptimizerSettings['optimizer']): string => `
  fn main(index : i32) {
    let size = uniforms.numParameters;
    if (index >= size) { return; }
    var coefficient = 1.0;
    if (uniforms.maxGradNorm > 0.0) {
      coefficient = min(1.0, uniforms.maxGradNorm / (sqrt(squaredNorm[0]) + 1e-6));
    }
    let g = coefficient * gradient[index];
    let m = state[size + index];
    let v = uniforms.decay * state[2 * size + index] + (1.0 - uniforms.decay) * g * g;
    ${directions[optimizer]}
    result[index] = state[index] - rates[0] * direction;
    result[size + index] = newM;
    result[2 * size + index] = v;
  }
`;
