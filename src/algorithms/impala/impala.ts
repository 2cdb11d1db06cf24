import type { Algorithm } from '../algorithm.ts';
import { impalaHyperparameters } from './hyperparameters.ts';
import { impalaCoefficients, impalaLoss } from './loss.ts';
import { impalaLossProgram } from './lossProgram.ts';

export const impala = {
  id: 'impala',
  name: 'IMPALA',
  doc: 'One policy-gradient step from each batch, corrected with V-trace for actors that are some updates behind. The fastest.',
  hyperparameters: impalaHyperparameters,
  coefficients: impalaCoefficients,
  usesTargetNetwork: false,
  loss: impalaLoss,
  wgsl: impalaLossProgram,
} as const satisfies Algorithm<(typeof impalaCoefficients)[number]>;
