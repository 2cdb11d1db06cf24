import type { ActionDistribution } from '../../distributions/distribution.ts';
import { lossProgram } from '../lossWgsl.ts';
import { largestBehaviourWeight } from './loss.ts';

/** The loss of loss.ts in WGSL. */
export const appoLossProgram = (distribution: ActionDistribution): string =>
  lossProgram(distribution, {
    policies: ['heads', 'oldHeads'],
    importanceWeight: `
      let behaviourLogProbability = stepsLogProbability(step, step + P);
      let logRho = oldHeadsLogProbability(at, step + P) - behaviourLogProbability;
      let rho = exp(logRho);`,
    policyGradient: `
      let logRatio = headsLogProbability(at, step + P) - behaviourLogProbability;
      let ratio = min(exp(-logRho), ${largestBehaviourWeight.toFixed(1)}) * exp(logRatio);
      let clippedRatio = clamp(ratio, 1.0 - uniforms.clipRange, 1.0 + uniforms.clipRange);
      let slope = select(0.0, advantage * ratio, advantage * ratio <= advantage * clippedRatio);
      writeGradient(at, step + P, -uniforms.scale * slope, -uniforms.scale * uniforms.entCoef);
      policyLoss -= min(advantage * ratio, advantage * clippedRatio);`,
  });
