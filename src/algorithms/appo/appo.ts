import type { Algorithm } from '../algorithm.ts';
import { appoHyperparameters } from './hyperparameters.ts';
import { appoCoefficients, appoLoss } from './loss.ts';
import { appoLossProgram } from './lossProgram.ts';

export const appo = {
  id: 'appo',
  name: 'APPO',
  doc: 'Several clipped steps from each batch, held near a target network. Learns more from each step of a slow environment.',
  hyperparameters: appoHyperparameters,
  coefficients: appoCoefficients,
  usesTargetNetwork: true,
  loss: appoLoss,
  wgsl: appoLossProgram,
} as const satisfies Algorithm<(typeof appoCoefficients)[number]>;
