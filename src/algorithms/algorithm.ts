/**
 * What an algorithm is: a loss with its gradient in closed form, as plain loops and as a WGSL program, and the hyperparameters it
 * adds. Actors, storage, learner and optimiser are the same for all. Each has a folder of its own, and a line in registry.ts.
 *
 * All are actor-critics: loss = policy loss + baselineCoef · baseline loss − entCoef · entropy. They differ in the first.
 */
import type { ActionDistribution } from '../distributions/distribution.ts';
import type { HyperparameterSpec } from './hyperparameterSpec.ts';

export interface Algorithm<Coefficient extends string = string> {
  /** Value of the hyperparameter `algorithm`. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** One sentence: what it does, and when to choose it. */
  readonly doc: string;
  /** Rows that it adds to the table of hyperparameters. */
  readonly hyperparameters: Readonly<Record<string, HyperparameterSpec>>;
  /** Numeric hyperparameters that the loss reads beside entCoef and baselineCoef; in WGSL they are uniforms of these names. */
  readonly coefficients: readonly Coefficient[];
  /** Whether the loss also reads `oldHeads`, from a copy of the network that is renewed every `targetUpdateInterval` updates. */
  readonly usesTargetNetwork: boolean;
  /** Writes the whole of `out`, [lossOutputSize]: scale × gradient with respect to `heads`, 0 in row T, then the unscaled sums. */
  loss(inputs: LossInputs, settings: LossSettings<Coefficient>, out: Float32Array): void;
  /**
   * The same in WGSL: text with `fn main(index : i32)`, index being a rollout, over the arrays `heads`, `steps` and, with a target
   * network, `oldHeads`, to `result`. Uniforms: numSteps, batchSize, scale and the coefficients.
   */
  wgsl(distribution: ActionDistribution): string;
}

export interface LossInputs {
  /** [T + 1, B, P + 1]: what the policy being trained gives, and V in the last column */
  readonly heads: Float32Array;
  /** [T, B, P + A + 4]: what the behaviour policy gave, the action, then `stepColumns` */
  readonly steps: Float32Array;
  /** [T + 1, B, P + 1]: like `heads`, of the target network; null without one */
  readonly oldHeads: Float32Array | null;
}

export interface LossSettings<Coefficient extends string = string> {
  readonly T: number;
  readonly B: number;
  readonly distribution: ActionDistribution;
  readonly coefficients: Readonly<Record<CommonCoefficient, number>> & Readonly<Record<Coefficient, number>>;
  /** Factor on the gradient: 1 for a sum over all steps, 1 / number of steps for their mean */
  readonly scale: number;
}

export const commonCoefficients = ['entCoef', 'baselineCoef'] as const;

type CommonCoefficient = (typeof commonCoefficients)[number];
