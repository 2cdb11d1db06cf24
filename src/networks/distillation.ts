/** The two networks of random network distillation, as specs whose encoders alone count. */
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { EncoderLayer, NetworkSpec } from './networkSpec.ts';

/** Sums that a batch gives: of the predictor's errors, and of their squares. */
export const numErrorSums = 2;

/** The policy's encoder with a dense layer on top; the predictor has one more, since it must be able to learn what the target says. */
export function distilledSpecs(
  network: NetworkSpec,
  { intrinsicDim: width }: Hyperparameters,
): { target: NetworkSpec; predictor: NetworkSpec } {
  const hidden: EncoderLayer = { kind: 'dense', width, activation: 'relu' };
  const output: EncoderLayer = { kind: 'dense', width, activation: 'linear' };
  return {
    target: { ...network, encoder: [...network.encoder, output] },
    predictor: { ...network, encoder: [...network.encoder, hidden, output] },
  };
}
