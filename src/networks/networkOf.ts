import type { Hyperparameters } from '../config/hyperparameters.ts';
import { findEnv } from '../envs/registry.ts';
import { type NetworkSpec, networkSpecFor } from './networkSpec.ts';

/** The network that a configuration describes. Throws if there is no such environment. */
export const networkOf = (h: Hyperparameters): NetworkSpec => networkSpecFor(findEnv(h.env).spec, h);
