import type { Hyperparameters } from '../config/hyperparameters.ts';
import { ActorLearnerAgent } from './ActorLearnerAgent.ts';

/**
 * Importance weighted actor-learner architecture (Espeholt et al. 2018): actors play with parameters that may be a few updates
 * old, and learners correct for it with V-trace.
 */
export class IMPALA extends ActorLearnerAgent {
  constructor(hyperparameters: Partial<Hyperparameters> = {}) {
    super({ ...hyperparameters, algorithm: 'impala' });
  }
}
