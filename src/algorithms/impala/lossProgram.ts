import type { ActionDistribution } from '../../distributions/distribution.ts';
import { lossProgram } from '../lossWgsl.ts';

/** The loss of loss.ts in WGSL. */
export const impalaLossProgram = (distribution: ActionDistribution): string =>
  lossProgram(distribution, {
    policies: ['heads'],
    importanceWeight: `
      let logProbability = headsLogProbability(at, step + P);
      let rho = exp(logProbability - stepsLogProbability(step, step + P));`,
    policyGradient: `
      writeGradient(at, step + P, -uniforms.scale * advantage, -uniforms.scale * uniforms.entCoef);
      policyLoss -= logProbability * advantage;`,
  });
