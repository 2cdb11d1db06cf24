import { type ActionSpace, actionSize, type ObservationSpace, policyOutputSize } from '../envs/spaces.ts';
import type { FieldSpec, StorageViews } from './storageLayout.ts';

/**
 * One slot: T consecutive steps of one environment. Row t holds o_t, the action taken on it, and what that led to.
 * Only what belongs to an observation has a row T, to bootstrap from; it is row 0 of the environment's next rollout.
 */
export const rolloutSpec = (T: number, observationSpace: ObservationSpace, actionSpace: ActionSpace) =>
  ({
    observation: { dtype: observationSpace.dtype, shape: [T + 1, ...observationSpace.shape] } as FieldSpec & {
      dtype: 'float32';
    },
    /** −1 where an episode begins. */
    lastAction: { dtype: 'int32', shape: [T + 1] },
    /** As the loss sees it (clipped); 0 where an episode begins. */
    lastReward: { dtype: 'float32', shape: [T + 1] },
    /** 1 where row t begins an episode. */
    isFirst: { dtype: 'uint8', shape: [T + 1] },
    action: { dtype: 'int32', shape: [T, actionSize(actionSpace)] },
    /** Of the behaviour policy μ: logits. */
    policyOutputs: { dtype: 'float32', shape: [T, policyOutputSize(actionSpace)] },
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
    policyVersion: { dtype: 'int32', shape: [1] },
    actorIndex: { dtype: 'int32', shape: [1] },
    envIndex: { dtype: 'int32', shape: [1] },
  }) as const;

export type RolloutSpec = ReturnType<typeof rolloutSpec>;
export type Rollout = StorageViews<RolloutSpec>;
