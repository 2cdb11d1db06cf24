import type { ActionDistribution } from '../../distributions/distribution.ts';
import { lossSums } from '../../metrics/metrics.ts';
import { lossPrelude } from '../lossWgsl.ts';
import { largestBehaviourWeight } from './loss.ts';

/** The loss of loss.ts in WGSL: a thread for each rollout walks back through its steps. */
export const appoLossProgram = (distribution: ActionDistribution): string => `
  ${lossPrelude(distribution, ['heads', 'oldHeads'])}
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
      let at = (t * B + index) * H;
      let step = (t * B + index) * K;
      let isCutOff = cutOffOf(step) == 1.0;
      let value = heads[at + P];
      let nextValue = select(heads[at + B * H + P], finalValueOf(step), isCutOff);
      let trace = select(nextTrace, 0.0, isCutOff);

      let behaviourLogProbability = stepsLogProbability(step, step + P);
      let logRho = oldHeadsLogProbability(at, step + P) - behaviourLogProbability;
      let rho = exp(logRho);
      let delta = min(uniforms.rhoBar, rho) * (rewardOf(step) + discountOf(step) * nextValue - value);
      let advantage = min(uniforms.pgRhoBar, rho) * (rewardOf(step) + discountOf(step) * (nextValue + trace) - value);
      nextTrace = delta + discountOf(step) * min(1.0, rho) * trace;

      let logRatio = headsLogProbability(at, step + P) - behaviourLogProbability;
      let ratio = min(exp(-logRho), ${largestBehaviourWeight.toFixed(1)}) * exp(logRatio);
      let clippedRatio = clamp(ratio, 1.0 - uniforms.clipRange, 1.0 + uniforms.clipRange);
      let slope = select(0.0, advantage * ratio, advantage * ratio <= advantage * clippedRatio);
      writeGradient(at, step + P, -uniforms.scale * slope, -uniforms.scale * uniforms.entCoef);
      result[at + P] = -uniforms.scale * uniforms.baselineCoef * nextTrace;

      policyLoss -= min(advantage * ratio, advantage * clippedRatio);
      baselineLoss += 0.5 * nextTrace * nextTrace;
      entropySum += headsEntropy(at);
      rhoSum += rho;
      clipped += select(0.0, 1.0, rho > uniforms.rhoBar);
    }
    let sumsAt = (T + 1) * B * H + index * ${lossSums.length};
    result[sumsAt] = policyLoss;
    result[sumsAt + 1] = baselineLoss;
    result[sumsAt + 2] = entropySum;
    result[sumsAt + 3] = rhoSum;
    result[sumsAt + 4] = clipped;
  }
`;
