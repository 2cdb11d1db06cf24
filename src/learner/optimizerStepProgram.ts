/** The optimiser step of optimizerStep.ts as one WGSL program: a thread for each parameter. */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { biasCorrections, type OptimizerStepSettings } from './optimizerStep.ts';

/** @param size number of parameters: P */
export function optimizerStepProgram(size: number, optimizer: OptimizerStepSettings['optimizer']): WebGPUProgram {
  return {
    variableNames: ['state', 'gradient', 'squaredNorm'],
    outputShape: [3 * size],
    uniforms:
      'numParameters : i32, learningRate : f32, maxGradNorm : f32, eps : f32, momentum : f32, decay : f32, correction1 : f32, correction2 : f32,',
    shaderKey: `optimizerStep_${optimizer}`,
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(size / 64), 1, 1],
    getUserCode: () => userCode(optimizer),
  };
}

/** Values of the program's uniforms, in their order. */
export const optimizerStepUniforms = (size: number, s: OptimizerStepSettings) => [
  { type: 'int32', data: [size] },
  ...[s.learningRate, s.maxGradNorm, s.eps, s.momentum, s.decay, ...biasCorrections(s)].map((value) => ({
    type: 'float32',
    data: [value],
  })),
];

const directions = {
  adam: `
      let newM = uniforms.momentum * m + (1.0 - uniforms.momentum) * g;
      let direction = newM / uniforms.correction1 / (sqrt(v / uniforms.correction2) + uniforms.eps);`,
  rmsprop: `
      let newM = uniforms.momentum * m + g / (sqrt(v) + uniforms.eps);
      let direction = newM;`,
} as const;

const userCode = (optimizer: OptimizerStepSettings['optimizer']): string => `
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
