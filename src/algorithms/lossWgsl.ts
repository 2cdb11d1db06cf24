/** What the WGSL programs of all losses begin with. */
import type { ActionDistribution } from '../distributions/distribution.ts';
import { distributionWgsl } from '../distributions/distributionWgsl.ts';
import { stepColumns, stepSize } from './lossLayout.ts';

/**
 * The distribution's functions, the sizes P (policy outputs), H (of a row of heads), K (of a packed step) and SUMS (sums of one
 * rollout), and readers of a packed step's columns, where `step` is its first element.
 * @param policies arrays of policy outputs, beside `steps` that holds the behaviour policy's
 */
export const lossPrelude = (distribution: ActionDistribution, policies: readonly string[]): string => {
  const { outputSize: P, actionSize: A } = distribution;
  const read = (column: keyof typeof stepColumns) =>
    `fn ${column}Of(step : i32) -> f32 { return steps[step + ${P + A + stepColumns[column]}]; }`;
  return `
  const P : i32 = ${P};
  const H : i32 = ${P + 1};
  const K : i32 = ${stepSize(P, A)};
  ${read('reward')}
  ${read('discount')}
  ${read('cutOff')}
  ${read('finalValue')}
  ${distributionWgsl(distribution, policies)}
`;
};
