import { distributionFor } from '../distributions/distribution.ts';
import { coreStateSize, type NetworkSpec } from '../networks/networkSpec.ts';
import type { FieldSpec, StorageViews } from './storageLayout.ts';

/**
 * One slot: T consecutive steps of one environment. Row t holds o_t, the action taken on it, and what that led to.
 * Only what belongs to an observation has a row T, to bootstrap from; it is row 0 of the environment's next rollout.
 */
export const rolloutSpec = (T: number, network: NetworkSpec) => {
  const { observationSpace, actionSpace } = network;
  const { actionSize, outputSize } = distributionFor(actionSpace);
  const actionDtype: 'float32' | 'int32' = actionSpace.kind === 'box' ? 'float32' : 'int32';
  return {
    observation: { dtype: observationSpace.dtype, shape: [T + 1, ...observationSpace.shape] } as FieldSpec & {
      dtype: 'float32';
    },
    /** Where an episode begins −1, or 0 in a Box. */
    lastAction: { dtype: actionDtype, shape: [T + 1, actionSize] },
    /** As the loss sees it (clipped, normalised); 0 where an episode begins. */
    lastReward: { dtype: 'float32', shape: [T + 1] },
    /** 1 where row t begins an episode. */
    isFirst: { dtype: 'uint8', shape: [T + 1] },
    /** As drawn: a Box's may lie outside of it, and reach the environment clipped. */
    action: { dtype: actionDtype, shape: [T, actionSize] },
    /** Of the behaviour policy μ: logits, or means and log standard deviations. */
    policyOutputs: { dtype: 'float32', shape: [T, outputSize] },
    /** Raw; clipping is the loss's business. */
    reward: { dtype: 'float32', shape: [T] },
    terminated: { dtype: 'uint8', shape: [T] },
    truncated: { dtype: 'uint8', shape: [T] },
    /** V of the episode's own last observation where it was truncated and not terminated, else 0. */
    bootstrapValue: { dtype: 'float32', shape: [T] },
    /** The behaviour policy's V, for diagnostics. */
    baseline: { dtype: 'float32', shape: [T] },
    /** Of the episode that ends at t, else NaN. */
    episodeReturn: { dtype: 'float32', shape: [T] },
    /** Of the episode that ends at t, else 0. */
    episodeLength: { dtype: 'int32', shape: [T] },
    /** Discounted sum of the clipped rewards of the episode so far; its spread normalises rewards. */
    discountedReturn: { dtype: 'float32', shape: [T] },
    /** Recurrent state before row 0, [layers, 2, hidden]. */
    coreState: { dtype: 'float32', shape: [coreStateSize(network)] },
    policyVersion: { dtype: 'int32', shape: [1] },
    actorIndex: { dtype: 'int32', shape: [1] },
    envIndex: { dtype: 'int32', shape: [1] },
  } as const;
};

export type RolloutSpec = ReturnType<typeof rolloutSpec>;
export type Rollout = StorageViews<RolloutSpec>;
