/** How the inputs and the output of a loss lie in memory. P numbers of the policy and A of the action go to one step. */
import { lossSums } from '../metrics/metrics.ts';
import type { LossSettings } from './algorithm.ts';

/** Columns of a packed step, after the P numbers of the behaviour policy and the A of the action. */
export const stepColumns = { reward: 0, discount: 1, cutOff: 2, finalValue: 3 } as const;

/** Numbers in one packed step. */
export const stepSize = (numPolicyOutputs: number, actionSize: number): number => numPolicyOutputs + actionSize + 4;

type Shape = Pick<LossSettings, 'T' | 'B' | 'distribution'>;

/** Numbers in the gradient with respect to the heads, [T + 1, B, P + 1]. */
export const headsSize = ({ T, B, distribution }: Shape): number => (T + 1) * B * (distribution.outputSize + 1);

/** Numbers a loss writes: the gradient, then the sums over each rollout, [B, lossSums]. */
export const lossOutputSize = (shape: Shape): number => headsSize(shape) + shape.B * lossSums.length;
