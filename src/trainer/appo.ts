import type { Hyperparameters } from '../config/hyperparameters.ts';
import { ActorLearnerAgent } from './ActorLearnerAgent.ts';

/**
 * Asynchronous proximal policy optimisation (Luo et al. 2020, "IMPACT"): IMPALA's architecture, with several clipped steps for each
 * batch that hold the policy close to a target network.
 */
export class APPO extends ActorLearnerAgent {
  constructor(hyperparameters: Partial<Hyperparameters> = {}) {
    super({ ...hyperparameters, algorithm: 'appo' });
  }
}
