/** Distributions as PyTorch recorded them, in our terms: rows of P outputs, with means and logarithms of deviations side by side. */
import { type ActionDistribution, distributionFor } from '../../src/distributions/distribution.ts';
import { numbersOf, type RecordedTensor } from './tensors.ts';

type Tensors<Names extends string> = Readonly<Record<Names, RecordedTensor>>;

export const gaussian = (D: number): ActionDistribution =>
  distributionFor({ kind: 'box', shape: [D], dtype: 'float32', low: [-1], high: [1] });

/** Rows of D means and rows of D logarithms become rows of both. */
export function interleave(D: number, means: RecordedTensor, logStds: RecordedTensor): number[] {
  const [first, second] = [numbersOf(means), numbersOf(logStds)];
  return Array.from({ length: first.length / D }, (_, row) => [
    ...first.slice(row * D, (row + 1) * D),
    ...second.slice(row * D, (row + 1) * D),
  ]).flat();
}

interface CommonDistributionCase {
  readonly id: string;
  readonly actions: RecordedTensor;
  readonly weight_log_prob: RecordedTensor;
  readonly weight_entropy: RecordedTensor;
}

interface CategoricalCase extends CommonDistributionCase {
  readonly kind: 'categorical';
  readonly logits: RecordedTensor;
  readonly gradient_logits: RecordedTensor;
  readonly mode: readonly number[];
  readonly outputs: Tensors<'log_prob' | 'entropy' | 'probabilities'>;
}

interface DiagonalGaussianCase extends CommonDistributionCase {
  readonly kind: 'diagonal_gaussian';
  readonly mean: RecordedTensor;
  readonly log_std: RecordedTensor;
  readonly gradients: Tensors<'mean' | 'log_std'>;
  readonly outputs: Tensors<'log_prob' | 'entropy'>;
}

export type DistributionCase = CategoricalCase | DiagonalGaussianCase;

/** A recorded distribution in our terms: rows of P outputs, and the gradient with respect to them. */
export function recordedDistribution(c: DistributionCase) {
  if (c.kind === 'categorical') {
    const distribution = distributionFor({ kind: 'discrete', n: c.logits.shape[1]! });
    return { distribution, outputs: numbersOf(c.logits), gradient: numbersOf(c.gradient_logits) };
  }
  const D = c.mean.shape[1]!;
  return {
    distribution: gaussian(D),
    outputs: interleave(D, c.mean, c.log_std),
    gradient: interleave(D, c.gradients.mean, c.gradients.log_std),
  };
}
