/**
 * One step of RMSprop or Adam over all parameters at once, exactly as in PyTorch (TensorFlow.js puts ε elsewhere), with the
 * gradient clipped to a global norm first. The optimiser's whole state is one flat array [parameters | m | v].
 */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { OwnKernel } from './ownKernel.ts';

export interface OptimizerStepSettings {
  readonly optimizer: Hyperparameters['optimizer'];
  readonly learningRate: number;
  /** Largest global norm of the gradient; 0 does not clip */
  readonly maxGradNorm: number;
  readonly eps: number;
  /** RMSprop's momentum, Adam's β₁ */
  readonly momentum: number;
  /** RMSprop's α, Adam's β₂ */
  readonly decay: number;
  /** Steps made, this one included: Adam's t */
  readonly step: number;
}

export const optimizerStepSettings = (
  h: Hyperparameters,
  learningRate: number,
  step: number,
): OptimizerStepSettings => ({
  optimizer: h.optimizer,
  learningRate,
  maxGradNorm: h.maxGradNorm,
  eps: h.eps,
  momentum: h.optimizer === 'adam' ? h.beta1 : h.momentum,
  decay: h.optimizer === 'adam' ? h.beta2 : h.alpha,
  step,
});

/** Factor on the gradient: min(1, max / (norm + 1e-6)), as torch.nn.utils.clip_grad_norm_ has it. */
export const clipCoefficient = (norm: number, maxGradNorm: number): number =>
  maxGradNorm > 0 ? Math.min(1, maxGradNorm / (norm + 1e-6)) : 1;

/** Adam's divisors for its two running means, which start at 0. */
export const biasCorrections = (s: OptimizerStepSettings): readonly [number, number] =>
  s.optimizer === 'adam' ? [1 - s.momentum ** s.step, 1 - s.decay ** s.step] : [1, 1];

/**
 * @param state [3P]: parameters, m (momentum or first moment), v (mean of squared gradients)
 * @param gradient [P], before clipping
 * @param gradNorm its global norm
 * @param out [3P], written; may be `state` itself
 */
export function optimizerStep(
  state: Float32Array,
  gradient: Float32Array,
  gradNorm: number,
  s: OptimizerStepSettings,
  out: Float32Array,
): void {
  const size = gradient.length;
  const coefficient = clipCoefficient(gradNorm, s.maxGradNorm);
  const [correction1, correction2] = biasCorrections(s);
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
    out[i] = state[i]! - s.learningRate * direction;
    out[size + i] = newM;
    out[2 * size + i] = v;
  }
}

export interface OptimizerStepAttrs extends OptimizerStepSettings {
  /** Number of parameters: P */
  readonly size: number;
}

/** inputs: state [3P], gradient [P], squaredNorm (a scalar); output: the new state [3P]. A thread for each parameter. */
export const optimizerStepKernel: OwnKernel<OptimizerStepAttrs> = {
  name: 'PronkOptimizerStep',
  inputs: ['state', 'gradient', 'squaredNorm'],
  outputShape: ({ size }) => [3 * size],
  host: ([state, gradient, squaredNorm], settings, out) =>
    optimizerStep(state!, gradient!, Math.sqrt(squaredNorm![0]!), settings, out),
  numThreads: ({ size }) => size,
  uniforms: (s) => {
    const [correction1, correction2] = biasCorrections(s);
    return [
      ['numParameters', 'int32', s.size],
      ['learningRate', 'float32', s.learningRate],
      ['maxGradNorm', 'float32', s.maxGradNorm],
      ['eps', 'float32', s.eps],
      ['momentum', 'float32', s.momentum],
      ['decay', 'float32', s.decay],
      ['correction1', 'float32', correction1],
      ['correction2', 'float32', correction2],
    ];
  },
  wgslKey: ({ optimizer }) => optimizer,
  wgsl: ({ optimizer }) => wgsl(optimizer),
};

const directions = {
  adam: `
      let newM = uniforms.momentum * m + (1.0 - uniforms.momentum) * g;
      let direction = newM / uniforms.correction1 / (sqrt(v / uniforms.correction2) + uniforms.eps);`,
  rmsprop: `
      let newM = uniforms.momentum * m + g / (sqrt(v) + uniforms.eps);
      let direction = newM;`,
} as const;

const wgsl = (optimizer: OptimizerStepSettings['optimizer']): string => `
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
    result[index] = state[index] - uniforms.learningRate * direction;
    result[size + index] = newM;
    result[2 * size + index] = v;
  }
`;
