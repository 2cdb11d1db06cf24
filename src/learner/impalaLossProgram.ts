/** The IMPALA loss of vtrace.ts as one WGSL program: a thread for each of the B rollouts walks back through its T steps. */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { ActionDistribution } from '../distributions/distribution.ts';
import { distributionKey, distributionWgsl } from '../distributions/distributionWgsl.ts';
import { type ImpalaLossSettings, lossOutputSize, stepColumns, stepSize } from './vtrace.ts';

export function impalaLossProgram(settings: ImpalaLossSettings): WebGPUProgram {
  return {
    variableNames: ['heads', 'steps'],
    outputShape: [lossOutputSize(settings)],
    uniforms:
      'numSteps : i32, batchSize : i32, entCoef : f32, baselineCoef : f32, rhoBar : f32, pgRhoBar : f32, scale : f32,',
    // Everything that changes the text must be in the key, or another shape would run this one's code.
    shaderKey: `impalaLoss_${distributionKey(settings.distribution)}`,
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(settings.B / 64), 1, 1],
    getUserCode: () => userCode(settings.distribution),
  };
}

/** Values of the program's uniforms, in their order. */
export const impalaLossUniforms = (s: ImpalaLossSettings) => [
  { type: 'int32', data: [s.T] },
  { type: 'int32', data: [s.B] },
  { type: 'float32', data: [s.entCoef] },
  { type: 'float32', data: [s.baselineCoef] },
  { type: 'float32', data: [s.rhoBar] },
  { type: 'float32', data: [s.pgRhoBar] },
  { type: 'float32', data: [s.scale] },
];

const userCode = (distribution: ActionDistribution): string => `
  const P : i32 = ${distribution.outputSize};
  const H : i32 = ${distribution.outputSize + 1};
  const K : i32 = ${stepSize(distribution.outputSize, distribution.actionSize)};
  const COLUMNS : i32 = ${distribution.outputSize + distribution.actionSize};

  ${distributionWgsl(distribution)}

  fn main(index : i32) {
    let T = uniforms.numSteps;
    let B = uniforms.batchSize;
    if (index >= B) { return; }
    for (var h = 0; h < H; h++) { result[(T * B + index) * H + h] = 0.0; }
    var nextTrace = 0.0;
    var policyLoss = 0.0;
    var baselineLoss = 0.0;
    var entropySum = 0.0;
    var rhoSum = 0.0;
    var clipped = 0.0;
    for (var t = T - 1; t >= 0; t--) {
      let i = t * B + index;
      let at = i * H;
      let step = i * K;
      let reward = steps[step + COLUMNS + ${stepColumns.reward}];
      let discount = steps[step + COLUMNS + ${stepColumns.discount}];
      let isCutOff = steps[step + COLUMNS + ${stepColumns.cutOff}] == 1.0;
      let value = heads[at + P];
      let nextValue = select(heads[at + B * H + P], steps[step + COLUMNS + ${stepColumns.finalValue}], isCutOff);
      let trace = select(nextTrace, 0.0, isCutOff);

      let logProbability = headsLogProbability(at, step + P);
      let rho = exp(logProbability - stepsLogProbability(step, step + P));
      let delta = min(uniforms.rhoBar, rho) * (reward + discount * nextValue - value);
      let advantage = min(uniforms.pgRhoBar, rho) * (reward + discount * (nextValue + trace) - value);
      nextTrace = delta + discount * min(1.0, rho) * trace;

      writeGradient(at, step + P, -uniforms.scale * advantage, -uniforms.scale * uniforms.entCoef);
      result[at + P] = -uniforms.scale * uniforms.baselineCoef * nextTrace;

      policyLoss -= logProbability * advantage;
      baselineLoss += 0.5 * nextTrace * nextTrace;
      entropySum += headsEntropy(at);
      rhoSum += rho;
      clipped += select(0.0, 1.0, rho > uniforms.rhoBar);
    }
    let sumsAt = (T + 1) * B * H + index * 5;
    result[sumsAt] = policyLoss;
    result[sumsAt + 1] = baselineLoss;
    result[sumsAt + 2] = entropySum;
    result[sumsAt + 3] = rhoSum;
    result[sumsAt + 4] = clipped;
  }
`;
