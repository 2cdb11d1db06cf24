/** Batches of random numbers for a loss, in every action space. */
import type { LossInputs, LossSettings } from '../../src/algorithms/algorithm.ts';
import { stepColumns, stepSize } from '../../src/algorithms/lossLayout.ts';
import { distributionFor } from '../../src/distributions/distribution.ts';
import type { ActionSpace } from '../../src/envs/spaces.ts';
import { RandomStream } from '../../src/math/randomStream.ts';

export const actionSpaces: readonly ActionSpace[] = [
  { kind: 'discrete', n: 3 },
  { kind: 'multiDiscrete', nvec: [2, 4, 3] },
  { kind: 'multiBinary', n: 4 },
  { kind: 'box', shape: [2], dtype: 'float32', low: [-1], high: [1] },
];

/**
 * Target network and behaviour policy are near the policy, so that importance weights and ratios lie on both sides of their limits.
 * Some steps terminate, some are cut off.
 */
export function randomBatch(space: ActionSpace, { T, B, seed = 1 }: { T: number; B: number; seed?: number }) {
  const random = new RandomStream(seed, 'measurement');
  const distribution = distributionFor(space);
  const { outputSize: P, actionSize: A } = distribution;
  const [H, K] = [P + 1, stepSize(P, A)];
  const heads = Float32Array.from({ length: (T + 1) * B * H }, () => 0.7 * random.normal());
  const oldHeads = heads.map((value) => value + 0.3 * random.normal());
  const steps = new Float32Array(T * B * K);
  for (let i = 0; i < T * B; i++) {
    for (let p = 0; p < P; p++) steps[i * K + p] = heads[i * H + p]! + 0.4 * random.normal();
    distribution.sample(steps, i * K, random, steps, i * K + P);
    const end = random.uniform();
    const at = i * K + P + A;
    steps[at + stepColumns.reward] = random.normal();
    steps[at + stepColumns.discount] = end < 0.1 ? 0 : 0.97;
    steps[at + stepColumns.cutOff] = end > 0.85 ? 1 : 0;
    steps[at + stepColumns.finalValue] = random.normal();
  }
  const settings: LossSettings = {
    T,
    B,
    distribution,
    coefficients: { entCoef: 0.03, baselineCoef: 0.6, rhoBar: 1.1, pgRhoBar: 1.3, clipRange: 0.2 },
    scale: 0.5,
  };
  return { inputs: { heads, steps, oldHeads } satisfies LossInputs, settings };
}
