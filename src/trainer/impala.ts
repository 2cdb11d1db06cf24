import type { Hyperparameters } from '../config/hyperparameters.ts';
import type { Agent } from './run.ts';

export declare class IMPALA {
  constructor(hyperparameters: Partial<Hyperparameters>);
}
export interface IMPALA extends Agent {}
