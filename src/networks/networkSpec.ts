/**
 * The shape of a policy as plain data. From it derive the layout of the parameters, their initial values, the learner's graph,
 * the actors' inference, the names in weight files, and the counts people see in the form.
 */
import { type Activation, type EncoderLayer, encoderLayersFor } from '../config/encoders.ts';
import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { EnvSpec } from '../envs/env.ts';
import type { ActionSpace, ObservationSpace } from '../envs/spaces.ts';

export type { Activation, EncoderLayer };

/** A recurrent core between encoder and heads. */
export interface LstmCore {
  readonly kind: 'lstm';
  readonly hidden: number;
  readonly layers: number;
}

export interface NetworkSpec {
  readonly observationSpace: ObservationSpace;
  readonly actionSpace: ActionSpace;
  /** Empty: the observation itself is the features. */
  readonly encoder: readonly EncoderLayer[];
  /** Whether core and heads also see the last action and the last reward. */
  readonly lastActionReward: boolean;
  readonly core: LstmCore | null;
  /** Where the log standard deviations of a Gaussian come from: parameters of their own, or the policy head. Of no meaning otherwise. */
  readonly logStd: 'stateIndependent' | 'stateDependent';
  /** Observations are shifted and scaled by their running mean and variance, which travel with the parameters. */
  readonly observationNormalisation: boolean;
  /** Rewards, as loss and network see them, are scaled by the spread of the discounted return, which travels with the parameters. */
  readonly rewardNormalisation: boolean;
}

/** Throws an `EncoderError`, with a sentence to show, if the encoder cannot be read. */
export function networkSpecFor(env: EnvSpec, h: Hyperparameters): NetworkSpec {
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    encoder: encoderLayersFor(h, env.observationSpace),
    lastActionReward: h.lastActionReward,
    core: h.useLstm ? { kind: 'lstm', hidden: h.hiddenDim, layers: h.lstmLayers } : null,
    logStd: h.logStd,
    observationNormalisation: h.observationNormalisation,
    rewardNormalisation: h.rewardNormalisation,
  };
}

/** Numbers of recurrent state that one environment carries: h and c of every layer, [layers, 2, hidden]. */
export const coreStateSize = ({ core }: Pick<NetworkSpec, 'core'>): number =>
  core ? core.layers * 2 * core.hidden : 0;
