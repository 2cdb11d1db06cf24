/** The IMPALA loss of vtrace.ts as one WGSL program: a thread for each of the B rollouts walks back through its T steps. */
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { type ImpalaLossSettings, lossOutputSize, stepSize } from './vtrace.ts';

export function impalaLossProgram(settings: ImpalaLossSettings): WebGPUProgram {
  const { numActions: P } = settings;
  return {
    variableNames: ['heads', 'steps'],
    outputShape: [lossOutputSize(settings)],
    uniforms:
      'numSteps : i32, batchSize : i32, entCoef : f32, baselineCoef : f32, rhoBar : f32, pgRhoBar : f32, scale : f32,',
    // Everything that changes the text must be in the key, or another shape would run this one's code.
    shaderKey: `impalaLoss_${P}`,
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(settings.B / 64), 1, 1],
    getUserCode: () => userCode(P),
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

const userCode = (P: number): string => `
  const P : i32 = ${P};
  const H : i32 = ${P + 1};
  const K : i32 = ${stepSize(P)};

  fn headsLogSumExp(at : i32) -> f32 {
    var largest = heads[at];
    for (var a = 1; a < P; a++) { largest = max(largest, heads[at + a]); }
    var sum = 0.0;
    for (var a = 0; a < P; a++) { sum += exp(heads[at + a] - largest); }
    return largest + log(sum);
  }

  fn stepsLogSumExp(at : i32) -> f32 {
    var largest = steps[at];
    for (var a = 1; a < P; a++) { largest = max(largest, steps[at + a]); }
    var sum = 0.0;
    for (var a = 0; a < P; a++) { sum += exp(steps[at + a] - largest); }
    return largest + log(sum);
  }

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
      let action = i32(steps[step + P]);
      let reward = steps[step + P + 1];
      let discount = steps[step + P + 2];
      let isCutOff = steps[step + P + 3] == 1.0;
      let value = heads[at + P];
      let nextValue = select(heads[at + B * H + P], steps[step + P + 4], isCutOff);
      let trace = select(nextTrace, 0.0, isCutOff);

      let logNormaliser = headsLogSumExp(at);
      let logProbability = heads[at + action] - logNormaliser;
      let rho = exp(logProbability - (steps[step + action] - stepsLogSumExp(step)));
      let delta = min(uniforms.rhoBar, rho) * (reward + discount * nextValue - value);
      let advantage = min(uniforms.pgRhoBar, rho) * (reward + discount * (nextValue + trace) - value);
      nextTrace = delta + discount * min(1.0, rho) * trace;

      var entropy = 0.0;
      for (var a = 0; a < P; a++) {
        let logP = heads[at + a] - logNormaliser;
        entropy -= exp(logP) * logP;
      }
      for (var a = 0; a < P; a++) {
        let logP = heads[at + a] - logNormaliser;
        let p = exp(logP);
        let policyGradient = advantage * (p - select(0.0, 1.0, a == action));
        result[at + a] = uniforms.scale * (policyGradient + uniforms.entCoef * p * (logP + entropy));
      }
      result[at + P] = -uniforms.scale * uniforms.baselineCoef * nextTrace;

      policyLoss -= logProbability * advantage;
      baselineLoss += 0.5 * nextTrace * nextTrace;
      entropySum += entropy;
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
